import { Stack, Text } from "@mantine/core";
import { CopyBlock } from "../../components/CopyBlock";

interface EquivalentsProps {
  what: "task" | "job";
  command: string;
  python: string;
}

/** The same task or job from a shell and from Python, as the form stands now. */
export function Equivalents({ what, command, python }: EquivalentsProps) {
  return (
    <Stack gap="sm">
      <Text c="dimmed" fz="sm">
        The same {what} from a script. Texts and secrets are ids there too.
      </Text>
      <CopyBlock label="Command" value={command} />
      <CopyBlock label="Python" value={python} />
    </Stack>
  );
}
