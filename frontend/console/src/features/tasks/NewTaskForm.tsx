import {
  Button,
  Checkbox,
  Group,
  MultiSelect,
  NumberInput,
  Select,
  Stack,
  TextInput,
} from "@mantine/core";
import { useForm } from "@mantine/form";
import { useNavigate } from "@tanstack/react-router";
import { projectKey } from "../../api/keys";
import { createTask, type NewTask } from "../../api/tasks";
import { useWrite } from "../../api/write";
import { Choice } from "../../components/Choice";
import { EmptyState } from "../../components/EmptyState";
import { placeProblem, unplaced } from "../../components/formProblem";
import { LinkButton } from "../../components/links";
import { Panel } from "../../components/Panel";
import { ProblemNote } from "../../components/ProblemNote";
import { useProjectPlace } from "../../shell/place";
import type { TaskParts as Parts } from "./defaults";
import { asKind, defaultTask, heldBackOf, isReadyGuideline, whatIsMissing } from "./defaults";
import { KIND_CHOICES, kindOf } from "./kinds";
import { BLIND } from "./Suggestions";
import { useTaskParts } from "./useTaskParts";

/** Make a task; it comes filled in, so that the button is usually all there is to press. */
export function NewTaskForm({ onDone }: { onDone: () => void }) {
  const parts = useTaskParts();
  if (!parts) return null;
  const missing = whatIsMissing(parts);
  return (
    <Panel title="New task">
      {missing ? <Missing what={missing} /> : <TaskForm parts={parts} onDone={onDone} />}
    </Panel>
  );
}

function Missing({ what }: { what: string }) {
  const { organization: org, project } = useProjectPlace();
  return (
    <EmptyState
      title={what}
      action={
        <LinkButton to="/$org/projects/$project/overview" params={{ org, project }}>
          See the next step
        </LinkButton>
      }
    >
      A task needs examples to show and labels to mark them with.
    </EmptyState>
  );
}

function TaskForm({ parts, onDone }: { parts: Parts; onDone: () => void }) {
  const { organization: org, project } = useProjectPlace();
  const navigate = useNavigate();
  const form = useForm<NewTask>({ initialValues: defaultTask(parts) });
  const creating = useWrite((input: NewTask) => createTask(org, project, input), {
    refresh: [projectKey(org, project)],
    showsProblem: true,
  });
  const submit = (values: NewTask) =>
    creating.mutate(
      { ...values, evaluation_dataset: heldBackOf(values.dataset, parts) },
      {
        onSuccess: ({ id }) => {
          onDone();
          void navigate({
            to: "/$org/projects/$project/tasks/$task",
            params: { org, project, task: id },
          });
        },
        onError: (problem) => placeProblem(form, problem),
      },
    );
  return (
    <form onSubmit={form.onSubmit(submit)}>
      <Stack>
        <TaskFields form={form} parts={parts} />
        <ProblemNote problem={unplaced(form, creating.error)} />
        <Group>
          <Button type="submit" loading={creating.isPending}>
            Create task
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface TaskFieldsProps {
  form: ReturnType<typeof useForm<NewTask>>;
  parts: Parts;
}

function TaskFields({ form, parts }: TaskFieldsProps) {
  const guidelines = parts.assets.filter(isReadyGuideline);
  return (
    <>
      <Choice
        label="What people do"
        data={KIND_CHOICES}
        value={kindOf(form.values)}
        onChange={(kind) => form.setValues(asKind(kind, parts.titles))}
      />
      <TextInput label="Title" required {...form.getInputProps("title")} />
      <Select
        label="Examples"
        description="Some of the held-back examples are mixed in, without suggestions, so that models can be measured"
        data={options(parts.datasets.filter(({ role }) => role === "training"))}
        allowDeselect={false}
        {...form.getInputProps("dataset")}
      />
      <MultiSelect
        label="Labels"
        data={parts.labels.flatMap(({ id, name, retired }) =>
          id && !retired ? [{ value: id, label: name }] : [],
        )}
        {...form.getInputProps("labels")}
      />
      <MultiSelect label="People" data={people(parts)} {...form.getInputProps("annotators")} />
      {guidelines.length > 0 && (
        <Select
          label="Guidelines"
          data={options(guidelines)}
          clearable
          {...form.getInputProps("guidelines")}
        />
      )}
      <NumberInput
        label="Answers per example"
        description="More than one lets you see where people disagree"
        min={1}
        max={16}
        w={220}
        {...form.getInputProps("overlap")}
      />
      <Checkbox {...BLIND} {...form.getInputProps("blind", { type: "checkbox" })} />
    </>
  );
}

function people({ members, me }: Parts) {
  const listed = members.map(({ member, name }) => ({ value: member, label: name }));
  const missing = me !== null && !members.some(({ member }) => member === me);
  return missing ? [{ value: me, label: "Me" }, ...listed] : listed;
}

function options(rows: { id: string; name: string }[]) {
  return rows.map(({ id, name }) => ({ value: id, label: name }));
}
