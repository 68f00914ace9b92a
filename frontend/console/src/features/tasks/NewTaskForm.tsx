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
import { Beside } from "../recipes/Beside";
import { Equivalents } from "../recipes/Equivalents";
import { asCommand, asPython } from "../recipes/equivalents";
import { useArguments } from "../recipes/useArguments";
import type { TaskParts as Parts } from "./defaults";
import { firstTask, heldBackOf, isHere, takesLabels, whatIsMissing } from "./defaults";
import { TaskFields } from "./TaskFields";
import { useTaskParts } from "./useTaskParts";

interface NewTaskFormProps {
  /** The recipe that the person came for. */
  asked: string | undefined;
  onDone: () => void;
}

/** Make a task; it comes filled in, so that the button is usually all there is to press. */
export function NewTaskForm({ asked, onDone }: NewTaskFormProps) {
  const parts = useTaskParts();
  if (!parts) return null;
  const missing = whatIsMissing(parts);
  return (
    <Panel title="New task">
      {missing ? (
        <Missing what={missing} />
      ) : (
        <TaskForm key={asked} parts={parts} asked={asked} onDone={onDone} />
      )}
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

function TaskForm({ parts, asked: wanted, onDone }: NewTaskFormProps & { parts: Parts }) {
  const { organization: org, project } = useProjectPlace();
  const navigate = useNavigate();
  const form = useForm<NewTask>({
    initialValues: firstTask(parts, wanted),
    initialErrors:
      wanted && !isHere(wanted, parts)
        ? { recipe: `${wanted} does not run on this project's cluster.` }
        : {},
  });
  const own = useArguments(parts.recipes.find(({ recipe }) => recipe === form.values.recipe));
  const creating = useWrite((input: NewTask) => createTask(org, project, input), {
    refresh: [projectKey(org, project)],
    showsProblem: true,
  });
  const [note, setNote] = useState<Problem | null>(null);
  const asked = asTask(form.values, parts);
  const submit = () => {
    setNote(null);
    creating.mutate(
      { ...asked, arguments: own.values },
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
          own.placeProblem(problem);
          setNote(unplaced(form, problem, own.places));
        },
      },
    );
  };
  const said = { ...asked, organization: org, project, arguments: own.said };
  return (
    <Beside
      aside={<Equivalents what="task" command={asCommand(said)} python={asPython(said)} />}
      asideName="The same from a script"
    >
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
    </Beside>
  );
}

/** What is sent: without a dataset, the recipe's stream fills a new one. */
function asTask({ dataset, labels, ...rest }: NewTask, parts: Parts): NewTask {
  // Where none are asked for, the control plane says which are shown.
  const values = takesLabels(rest, parts.recipes) ? { ...rest, labels } : { ...rest, labels: [] };
  if (!dataset) return { ...values, evaluation_dataset: null };
  return { ...values, dataset, evaluation_dataset: heldBackOf(dataset, parts) };
}
