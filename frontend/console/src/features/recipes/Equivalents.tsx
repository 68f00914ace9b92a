import { Stack, Text } from "@mantine/core";
import { CopyBlock } from "../../components/CopyBlock";
import { type AskedTask, asCommand, asPython } from "./equivalents";

/** The same task from a shell and from Python, as the form stands now. */
export function Equivalents({ task }: { task: AskedTask }) {
  return (
    <Stack gap="sm">
      <Text c="dimmed" fz="sm">
        The same from a script. Texts and secrets are ids there too.
      </Text>
      <CopyBlock label="Command" value={asCommand(task)} />
      <CopyBlock label="Python" value={asPython(task)} />
    </Stack>
  );
}
