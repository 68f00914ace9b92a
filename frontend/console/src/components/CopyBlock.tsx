import { Button, CopyButton, Group, Text } from "@mantine/core";
import classes from "./CopyBlock.module.css";

/** Some lines to paste elsewhere, with the button that copies them. */
export function CopyBlock({ value, label }: { value: string; label: string }) {
  return (
    <section aria-label={label} className={classes.block}>
      <Group justify="space-between" gap="sm">
        <Text fz="sm" fw={600}>
          {label}
        </Text>
        <CopyButton value={value} timeout={2000}>
          {({ copied, copy }) => (
            <Button
              onClick={copy}
              size="xs"
              variant={copied ? "light" : "default"}
              miw={80}
              aria-label={`Copy the ${label.toLowerCase()}`}
            >
              {copied ? "Copied" : "Copy"}
            </Button>
          )}
        </CopyButton>
      </Group>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines are scrolled by keyboard */}
      <pre className={classes.code} tabIndex={0}>
        {value}
      </pre>
    </section>
  );
}
