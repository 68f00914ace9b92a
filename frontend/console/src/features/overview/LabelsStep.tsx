import { Button, Group, Stack, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { projectKey } from "../../api/keys";
import { labelsQuery, saveLabels } from "../../api/labels";
import type { Label } from "../../api/types";
import { useWrite } from "../../api/write";
import { FormLine } from "../../components/FormLine";
import { LabelChip } from "../../components/LabelChip";
import { LinkText } from "../../components/links";
import { ProblemNote } from "../../components/ProblemNote";
import { Step, type StepState } from "../../components/Steps";
import { useProjectPlace } from "../../shell/place";
import { addLabels, draftOf, schemeOf } from "../labels/scheme";
import type { FirstRun } from "./firstRun";
import { variantFor } from "./StepButton";

interface LabelsStepProps {
  run: FirstRun;
  state: StepState;
}

/** Type the names in one line; colours and keys come by themselves. */
export function LabelsStep({ run, state }: LabelsStepProps) {
  const { organization: org, project } = useProjectPlace();
  const edit = (
    <LinkText to="/$org/projects/$project/labels" params={{ org, project }} fz="sm">
      Edit labels
    </LinkText>
  );
  const done = state === "done";
  return (
    <Step title="Name your labels" state={state} outcome={done && edit}>
      {done ? <Chips labels={run.labels} /> : <NameLabels state={state} />}
    </Step>
  );
}

function Chips({ labels }: { labels: Label[] }) {
  return (
    <Group gap="xs">
      {labels
        .filter(({ retired }) => !retired)
        .map(({ id, name, colour, key }) => (
          <LabelChip key={id ?? name} name={name} colour={colour} labelKey={key} />
        ))}
    </Group>
  );
}

function NameLabels({ state }: { state: StepState }) {
  const { organization, project } = useProjectPlace();
  const scheme = useQuery(labelsQuery(organization, project)).data;
  const [line, setLine] = useState("");
  const saving = useWrite(
    (names: string) =>
      saveLabels(organization, project, {
        version: scheme?.version ?? 0,
        labels: schemeOf(addLabels(draftOf(scheme?.labels ?? []), names)),
      }),
    { refresh: [projectKey(organization, project)], showsProblem: true },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate(line);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <FormLine>
          <TextInput
            label="Names, separated by commas"
            placeholder="PERSON, PLACE, PRODUCT"
            value={line}
            onChange={(event) => setLine(event.currentTarget.value)}
          />
          <Button
            type="submit"
            size="md"
            variant={variantFor(state)}
            loading={saving.isPending}
            disabled={!line.trim() || !scheme}
          >
            Save labels
          </Button>
        </FormLine>
        <ProblemNote problem={saving.error} />
      </Stack>
    </form>
  );
}
