import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { projectKey } from "../../api/keys";
import { saveLabels } from "../../api/labels";
import type { LabelScheme } from "../../api/types";
import { useWrite } from "../../api/write";
import { EmptyState } from "../../components/EmptyState";
import { LabelChip } from "../../components/LabelChip";
import { ProblemNote } from "../../components/ProblemNote";
import { useProjectPlace } from "../../shell/place";
import { AddLabels } from "./AddLabels";
import { LabelRow } from "./LabelRow";
import { addLabels, type DraftLabel, draftOf, problemsOf, schemeOf } from "./scheme";

/** Edit the whole scheme, then save it in one write. */
export function SchemeEditor({ scheme }: { scheme: LabelScheme }) {
  const { organization, project } = useProjectPlace();
  const [draft, setDraft] = useState(() => draftOf(scheme.labels));
  const saving = useWrite(
    (labels: DraftLabel[]) =>
      saveLabels(organization, project, { version: scheme.version, labels: schemeOf(labels) }),
    { refresh: [projectKey(organization, project)], done: "Labels saved.", showsProblem: true },
  );
  const problems = problemsOf(draft);
  const changed =
    JSON.stringify(schemeOf(draft)) !== JSON.stringify(schemeOf(draftOf(scheme.labels)));
  return (
    <Stack>
      <Preview draft={draft} />
      {draft.length === 0 && <NoLabels />}
      <div>
        {draft.map((label, index) => (
          <LabelRow
            key={label.row}
            label={label}
            problem={problems.get(label.row)}
            first={index === 0}
            last={index === draft.length - 1}
            onChange={setDraft}
          />
        ))}
      </div>
      <AddLabels onAdd={(line) => setDraft((labels) => addLabels(labels, line))} />
      <ProblemNote problem={saving.error} />
      <Group>
        <Button
          onClick={() => saving.mutate(draft)}
          loading={saving.isPending}
          disabled={!changed || problems.size > 0}
        >
          Save labels
        </Button>
        {changed && (
          <Text fz="sm" c="dimmed">
            Not saved yet
          </Text>
        )}
      </Group>
    </Stack>
  );
}

function Preview({ draft }: { draft: DraftLabel[] }) {
  const shown = draft.filter(({ retired, name }) => !retired && name);
  if (shown.length === 0) return null;
  return (
    <Group gap="xs" aria-label="As annotators see them">
      {shown.map(({ row, name, colour, key }) => (
        <LabelChip key={row} name={name} colour={colour} labelKey={key} />
      ))}
    </Group>
  );
}

function NoLabels() {
  return (
    <EmptyState title="No labels yet">
      Type their names below, separated by commas: three to five are a good start. Each gets a
      colour and a key.
    </EmptyState>
  );
}
