import { Group, Stack, Text } from "@mantine/core";
import { projectKey } from "../../api/keys";
import { isOnItsWay, undoLabelChange } from "../../api/labelChanges";
import type { Label, LabelChange } from "../../api/types";
import { useWrite } from "../../api/write";
import { Ago } from "../../components/Ago";
import { ConfirmButton } from "../../components/ConfirmButton";
import { Mark, type Tone } from "../../components/Mark";
import { Panel } from "../../components/Panel";
import { ProgressLine } from "../../components/ProgressLine";
import { type Column, Rows } from "../../components/Rows";
import { useMay, useProjectPlace } from "../../shell/place";
import { changeSentence, doneSentence, undoable, waitingSentence } from "./changeWords";

const STATES: Readonly<Record<string, [Tone, string]>> = {
  applying: ["warn", "on its way"],
  applied: ["good", "made"],
  undoing: ["warn", "being undone"],
  undone: ["quiet", "undone"],
  refused: ["bad", "refused"],
};

interface ChangeHistoryProps {
  changes: LabelChange[];
  labels: Label[];
}

/** What was merged, split and deleted, and the way back. */
export function ChangeHistory({ changes, labels }: ChangeHistoryProps) {
  const mayUndo = useMay("developer");
  const made = changes.filter(({ applied_at, undone_at }) => applied_at ?? undone_at);
  if (made.length === 0) return null;
  const onItsWay = made.find(isOnItsWay);
  return (
    <Panel title="Changes so far">
      <Stack>
        {onItsWay && (
          <div role="status">
            <ProgressLine label={changeSentence(onItsWay, labels)} done={0} total={null} moving />
            <Text fz="sm" c="dimmed" mt="xs">
              {waitingSentence(onItsWay)}
            </Text>
          </div>
        )}
        <Rows
          caption="Changes of the labels"
          columns={columnsFor(labels, mayUndo ? undoable(made) : null)}
          rows={made}
          rowKey={({ id }) => id}
        />
      </Stack>
    </Panel>
  );
}

function columnsFor(labels: Label[], undoableId: string | null): Column<LabelChange>[] {
  return [
    { title: "Change", cell: (change) => changeSentence(change, labels) },
    { title: "State", cell: (change) => <State change={change} /> },
    { title: "Touched", wideOnly: true, cell: doneSentence },
    { title: "By", wideOnly: true, cell: ({ created_by }) => created_by },
    { title: "When", wideOnly: true, cell: ({ applied_at }) => <Ago at={applied_at} /> },
    {
      title: "Undo",
      silent: true,
      cell: (change) => change.id === undoableId && <Undo change={change} labels={labels} />,
    },
  ];
}

function State({ change: { state, evaluation } }: { change: LabelChange }) {
  const [tone, words] = STATES[state] ?? ["quiet", state];
  return (
    <Group gap={6}>
      <Mark tone={tone}>{words}</Mark>
      {evaluation && state === "applied" && <Mark>held-back too</Mark>}
    </Group>
  );
}

function Undo({ change, labels }: { change: LabelChange; labels: Label[] }) {
  const { organization, project } = useProjectPlace();
  const undoing = useWrite(() => undoLabelChange(organization, project, change.id), {
    refresh: [projectKey(organization, project)],
  });
  return (
    <ConfirmButton
      size="xs"
      loading={undoing.isPending}
      question={`Undo "${changeSentence(change, labels)}"?`}
      consequence="Every answer is put back as it was. One that somebody edited since keeps the edit, and is counted here."
      verb="Undo"
      onConfirm={() => undoing.mutate(undefined)}
    >
      Undo
    </ConfirmButton>
  );
}
