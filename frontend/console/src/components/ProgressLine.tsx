import { Group, Progress, Text } from "@mantine/core";
import { count, percent } from "../format/numbers";

interface ProgressLineProps {
  label: string;
  done: number;
  total: number | null | undefined;
  /** Something is moving although its end is not known. */
  moving?: boolean;
}

/** A bar with its words and figures above; the figures are also what a screen reader hears. */
export function ProgressLine({ label, done, total, moving = false }: ProgressLineProps) {
  const unknown = moving && !total;
  const figures = total ? `${count(done)} of ${count(total)}` : done > 0 && count(done);
  return (
    <div>
      <Group justify="space-between" gap="sm" mb={6} wrap="nowrap">
        <Text fz="sm">{label}</Text>
        <Text fz="sm" c="dimmed" className="figures" style={{ whiteSpace: "nowrap" }}>
          {figures}
        </Text>
      </Group>
      <Progress.Root size={6}>
        <Progress.Section
          value={unknown ? 100 : percent(done, total)}
          animated={unknown}
          striped={unknown}
          aria-label={label}
        />
      </Progress.Root>
    </div>
  );
}
