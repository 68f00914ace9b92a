import { Button, CopyButton } from "@mantine/core";
import classes from "./CopyLine.module.css";

/** A command or a secret with the button that copies it. */
export function CopyLine({ value, label }: { value: string; label: string }) {
  return (
    <div className={classes.line}>
      <span className="visually-hidden">{label}: </span>
      <code className={classes.code}>{value}</code>
      <CopyButton value={value} timeout={2000}>
        {({ copied, copy }) => (
          <Button onClick={copy} variant={copied ? "light" : "filled"} miw={92}>
            {copied ? "Copied" : "Copy"}
          </Button>
        )}
      </CopyButton>
    </div>
  );
}
