import { Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { projectKey } from "../../api/keys";
import { createTask } from "../../api/tasks";
import type { Task } from "../../api/types";
import { useWrite } from "../../api/write";
import { Choice } from "../../components/Choice";
import { ClusterButton, openOnCluster } from "../../components/ClusterLink";
import { LinkText } from "../../components/links";
import { ProblemNote } from "../../components/ProblemNote";
import { ProgressLine } from "../../components/ProgressLine";
import { Step, type StepState } from "../../components/Steps";
import { counted } from "../../format/numbers";
import { useProjectPlace } from "../../shell/place";
import { defaultTask, whatIsMissing } from "../tasks/defaults";
import { KIND_CHOICES, type TaskKind } from "../tasks/kinds";
import { useTaskParts } from "../tasks/useTaskParts";
import { FIRST_ANSWERS, type FirstRun } from "./firstRun";
import { StepButton, variantFor } from "./StepButton";

interface AnswersStepProps {
  run: FirstRun;
  state: StepState;
}

/** Make the task with all its defaults and open the annotation app. */
export function AnswersStep({ run, state }: AnswersStepProps) {
  const { answered } = run.project.counts;
  const task = run.tasks.find((each) => each.state === "open") ?? run.tasks[0];
  return (
    <Step
      title={`Answer ${FIRST_ANSWERS} examples`}
      state={state}
      outcome={answered > 0 && counted(answered, "answer")}
    >
      {task && <Annotate task={task} state={state} />}
      {!task && state !== "done" && <MakeTask state={state} />}
    </Step>
  );
}

function Annotate({ task, state }: { task: Task; state: StepState }) {
  const { organization: org, project } = useProjectPlace();
  return (
    <Stack gap="sm">
      <ProgressLine
        label={task.title}
        done={task.progress.answered}
        total={task.progress.examples}
      />
      <Group gap="sm">
        <ClusterButton url={task.cluster_url} variant={variantFor(state)}>
          Open annotation app
        </ClusterButton>
        <LinkText
          to="/$org/projects/$project/tasks/$task"
          params={{ org, project, task: task.id }}
          fz="sm"
        >
          People and settings
        </LinkText>
      </Group>
    </Stack>
  );
}

function MakeTask({ state }: { state: StepState }) {
  const { organization, project } = useProjectPlace();
  const parts = useTaskParts();
  const [kind, setKind] = useState<TaskKind>("marks");
  const creating = useWrite(createTaskIn(organization, project), {
    refresh: [projectKey(organization, project)],
    showsProblem: true,
  });
  const missing = parts ? whatIsMissing(parts) : null;
  const start = () =>
    parts &&
    creating.mutate(defaultTask(parts, kind), {
      onSuccess: ({ cluster_url }) => openOnCluster(cluster_url),
    });
  return (
    <Stack gap="sm" align="flex-start">
      <Text c="dimmed" fz="sm">
        {missing ??
          "Everyone in the project gets the examples; held-back ones are mixed in. All of it can be changed later."}
      </Text>
      {!missing && (
        <Choice label="What people do" data={KIND_CHOICES} value={kind} onChange={setKind} />
      )}
      <ProblemNote problem={creating.error} />
      {!missing && (
        <StepButton state={state} loading={creating.isPending} onClick={start}>
          Create the task and annotate
        </StepButton>
      )}
    </Stack>
  );
}

function createTaskIn(organization: string, project: string) {
  return (input: Parameters<typeof createTask>[2]) => createTask(organization, project, input);
}
