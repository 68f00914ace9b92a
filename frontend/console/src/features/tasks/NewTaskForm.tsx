import { Button, Group, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { projectKey } from "../../api/keys";
import type { Problem } from "../../api/problem";
import { createTask, type NewTask } from "../../api/tasks";
import { useWrite } from "../../api/write";
import { EmptyState } from "../../components/EmptyState";
import { placeProblem, unplaced } from "../../components/formProblem";
import { LinkButton } from "../../components/links";
import { Panel } from "../../components/Panel";
import { ProblemNote } from "../../components/ProblemNote";
import { useProjectPlace } from "../../shell/place";
import { type Draft, firstDrafts, valuesOf, withoutDefaults } from "../recipes/drafts";
import { Equivalents } from "../recipes/Equivalents";
import { argumentErrors, type Errors, errorsBeside, placesOf } from "../recipes/places";
import type { TaskParts as Parts } from "./defaults";
import { defaultTask, heldBackOf, takesLabels, whatIsMissing } from "./defaults";
import classes from "./NewTaskForm.module.css";
import { TaskFields } from "./TaskFields";
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
  const own = useArguments(parts, form.values.recipe);
  const creating = useWrite((input: NewTask) => createTask(org, project, input), {
    refresh: [projectKey(org, project)],
    showsProblem: true,
  });
  const [note, setNote] = useState<Problem | null>(null);
  const asked = asTask(form.values, parts);
  const submit = () => {
    setNote(null);
    creating.mutate(
      { ...asked, arguments: valuesOf(own.fields, own.drafts) },
      {
        onSuccess: ({ id }) => {
          onDone();
          void navigate({
            to: "/$org/projects/$project/tasks/$task",
            params: { org, project, task: id },
          });
        },
        onError: (problem) => {
          placeProblem(form, problem);
          own.setErrors(argumentErrors(problem));
          setNote(unplaced(form, problem, own.places));
        },
      },
    );
  };
  return (
    <div className={classes.beside}>
      <form onSubmit={form.onSubmit(submit)}>
        <Stack>
          <TaskFields form={form} parts={parts} own={own} />
          <ProblemNote problem={note} />
          <Group>
            <Button type="submit" loading={creating.isPending}>
              Create task
            </Button>
          </Group>
        </Stack>
      </form>
      <aside className={classes.script} aria-label="The same from a script">
        <Equivalents
          task={{
            ...asked,
            organization: org,
            project,
            arguments: withoutDefaults(own.fields, valuesOf(own.fields, own.drafts)),
          }}
        />
      </aside>
    </div>
  );
}

/** What is sent: without a dataset, the recipe's stream fills a new one. */
function asTask({ dataset, labels, ...rest }: NewTask, parts: Parts): NewTask {
  // Where none are asked for, the control plane says which are shown.
  const values = takesLabels(rest, parts.recipes) ? { ...rest, labels } : { ...rest, labels: [] };
  if (!dataset) return { ...values, evaluation_dataset: null };
  return { ...values, dataset, evaluation_dataset: heldBackOf(dataset, parts) };
}

export type OwnArguments = ReturnType<typeof useArguments>;

/** The arguments of the chosen recipe as they stand in the form, and what the API said of them. */
function useArguments(parts: Parts, recipe: string) {
  const [drafts, setDrafts] = useState<Record<string, Record<string, Draft>>>({});
  const [errors, setErrors] = useState<Errors>({});
  const fields = parts.recipes.find((each) => each.recipe === recipe)?.arguments ?? [];
  return {
    fields,
    drafts: drafts[recipe] ?? firstDrafts(fields),
    errors,
    setErrors,
    places: placesOf(fields, drafts[recipe] ?? firstDrafts(fields)).map(
      (place) => `arguments.${place}`,
    ),
    change: (changed: Record<string, Draft>, place: string) => {
      setDrafts({ ...drafts, [recipe]: changed });
      setErrors(errorsBeside(errors, place));
    },
  };
}
