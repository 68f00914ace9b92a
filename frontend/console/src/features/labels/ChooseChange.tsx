import { Button, Group, MultiSelect, Select, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { projectKey } from "../../api/keys";
import { countLabelChange, type NewLabelChange } from "../../api/labelChanges";
import type { Label, LabelChange, LabelChangeKind } from "../../api/types";
import { useWrite } from "../../api/write";
import { ProblemNote } from "../../components/ProblemNote";
import { useProjectPlace } from "../../shell/place";

interface ChooseChangeProps {
  kind: LabelChangeKind;
  labels: Label[];
  onCounted: (change: LabelChange) => void;
}

/** What is to become what; the next step says how much it touches. */
export function ChooseChange({ kind, labels, onCounted }: ChooseChangeProps) {
  const { organization, project } = useProjectPlace();
  const [wish, setWish] = useState<Wish>({ labels: [], into: null, names: "" });
  const counting = useWrite(
    (body: NewLabelChange) => countLabelChange(organization, project, body),
    { refresh: [projectKey(organization, project)], showsProblem: true },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    counting.mutate(bodyOf(kind, wish), { onSuccess: onCounted });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Fields kind={kind} labels={labels} wish={wish} onChange={setWish} />
        <ProblemNote problem={counting.error} />
        <Group justify="space-between">
          <Text fz="sm" c="dimmed">
            Nothing changes yet.
          </Text>
          <Button type="submit" loading={counting.isPending} disabled={!isComplete(kind, wish)}>
            Count the answers
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

export interface Wish {
  labels: string[];
  into: string | null;
  names: string;
}

export function namesIn(line: string): string[] {
  return [...new Set(line.split(/[,;\n]/).map((name) => name.trim()))].filter(Boolean);
}

export function bodyOf(kind: LabelChangeKind, { labels, into, names }: Wish): NewLabelChange {
  if (kind === "merge") return { kind, labels, into: into ? [into] : [] };
  return kind === "split" ? { kind, labels, new_names: namesIn(names) } : { kind, labels };
}

export function isComplete(kind: LabelChangeKind, wish: Wish): boolean {
  if (wish.labels.length === 0) return false;
  if (kind === "split") return namesIn(wish.names).length >= 2;
  return kind === "delete" || wish.labels.some((label) => wish.into && label !== wish.into);
}

interface FieldsProps {
  kind: LabelChangeKind;
  labels: Label[];
  wish: Wish;
  onChange: (wish: Wish) => void;
}

function Fields({ kind, labels, wish, onChange }: FieldsProps) {
  const data = labels.flatMap(({ id, name }) => (id ? [{ value: id, label: name }] : []));
  const one = (
    <Select
      label={kind === "split" ? "Label to split" : "Label to delete"}
      data={data}
      value={wish.labels[0] ?? null}
      onChange={(label) => onChange({ ...wish, labels: label ? [label] : [] })}
      data-autofocus
    />
  );
  if (kind === "delete") return one;
  if (kind === "split") {
    return (
      <>
        {one}
        <TextInput
          label="Its parts"
          description="New labels, separated by commas. Every mark becomes the first of them, until somebody has looked at it again."
          placeholder="ARTIST, POLITICIAN"
          value={wish.names}
          onChange={(event) => onChange({ ...wish, names: event.currentTarget.value })}
        />
      </>
    );
  }
  return (
    <>
      <MultiSelect
        label="Labels to merge"
        data={data}
        value={wish.labels}
        onChange={(chosen) => onChange({ ...wish, labels: chosen })}
        data-autofocus
      />
      <Select
        label="Into"
        description="One of them, or another label. Rename it afterwards if neither name fits."
        data={data}
        value={wish.into}
        onChange={(into) => onChange({ ...wish, into })}
      />
    </>
  );
}
