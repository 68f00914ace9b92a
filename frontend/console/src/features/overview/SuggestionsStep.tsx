import { Group, Stack, Text } from "@mantine/core";
import { projectKey } from "../../api/keys";
import { changeTask } from "../../api/tasks";
import type { Predictor, PredictorRef, Task } from "../../api/types";
import { useWrite } from "../../api/write";
import { ClusterButton } from "../../components/ClusterLink";
import { ProblemNote } from "../../components/ProblemNote";
import { Step, type StepState } from "../../components/Steps";
import { useProjectPlace } from "../../shell/place";
import { ASSET_KINDS } from "../data/assetWords";
import { useAddAsset } from "../data/useAddAsset";
import { JobProgress } from "../jobs/JobState";
import { type FirstRun, runningJob } from "./firstRun";
import { StepButton, variantFor } from "./StepButton";
import { StepFailure } from "./StepFailure";

interface SuggestionsStepProps {
  run: FirstRun;
  state: StepState;
}

/** Let rules mark beforehand; the same rules are the baseline a model has to beat. */
export function SuggestionsStep({ run, state }: SuggestionsStepProps) {
  const predicting = runningJob(run.jobs, ["predict.v1"]);
  const task = run.tasks.find(({ suggestions }) => suggestions !== null);
  const used = run.predictors.find(({ id }) => id === task?.suggestions?.id);
  return (
    <Step
      title="Get suggestions from rules"
      state={state}
      outcome={used && `suggested by ${used.name}`}
    >
      <StepFailure jobs={run.jobs} recipes={["predict.v1"]} />
      {predicting && <JobProgress job={predicting} />}
      {!predicting && state !== "done" && <Choose run={run} state={state} />}
    </Step>
  );
}

function Choose({ run, state }: SuggestionsStepProps) {
  const rules = run.predictors.find(({ kind }) => kind === "rules");
  const [task] = run.tasks;
  return (
    <Stack gap="sm" align="flex-start">
      <Text c="dimmed" fz="sm">
        A few patterns mark examples beforehand, so people correct instead of starting from nothing.
        They are also the baseline your model has to beat.
      </Text>
      {rules && task && <Use task={task} rules={rules} state={state} />}
      {!rules && <WriteRules run={run} state={state} />}
    </Stack>
  );
}

function WriteRules({ run, state }: SuggestionsStepProps) {
  const { add, isPending } = useAddAsset(run.assets);
  const begun = run.assets.find((asset) => asset.kind === "patterns" && asset.state !== "ready");
  if (!begun) {
    return (
      <StepButton state={state} loading={isPending} onClick={() => add("patterns")}>
        Write rules
      </StepButton>
    );
  }
  return (
    <Group gap="sm">
      <ClusterButton url={begun.cluster_url} variant={variantFor(state)}>
        {ASSET_KINDS.patterns.open}
      </ClusterButton>
      <Text fz="sm" c="dimmed" role="status">
        {begun.name} is {ASSET_KINDS.patterns.waiting} there.
      </Text>
    </Group>
  );
}

interface UseProps {
  task: Task;
  rules: Predictor;
  state: StepState;
}

function Use({ task, rules, state }: UseProps) {
  const { organization, project } = useProjectPlace();
  const changing = useWrite(
    (suggestions: PredictorRef) => changeTask(organization, project, task.id, { suggestions }),
    { refresh: [projectKey(organization, project)], showsProblem: true },
  );
  return (
    <>
      <ProblemNote problem={changing.error} />
      <StepButton
        state={state}
        loading={changing.isPending}
        onClick={() => changing.mutate({ kind: rules.kind, id: rules.id })}
      >
        Suggest with {rules.name}
      </StepButton>
    </>
  );
}
