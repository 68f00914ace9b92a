import { Group, Stack, Text } from "@mantine/core";
import { evaluate } from "../../api/board";
import { startJob } from "../../api/jobs";
import { projectKey } from "../../api/keys";
import { useWrite } from "../../api/write";
import { LinkButton } from "../../components/links";
import { ProblemNote } from "../../components/ProblemNote";
import { Step, type StepState } from "../../components/Steps";
import { counted } from "../../format/numbers";
import { useProjectPlace } from "../../shell/place";
import { JobProgress } from "../jobs/JobState";
import { defaultValues, missingFields, newJob } from "../jobs/recipes";
import { type FirstRun, runningJob } from "./firstRun";
import { StepButton } from "./StepButton";
import { StepFailure } from "./StepFailure";

interface ModelStepProps {
  run: FirstRun;
  state: StepState;
}

/** Train with the curve and score the rules on the same held-back examples, in one press. */
export function ModelStep({ run, state }: ModelStepProps) {
  const training = runningJob(run.jobs, ["train.v1", "train-curve.v1"]);
  const { models } = run.project.counts;
  return (
    <Step title="Train and compare" state={state} outcome={models > 0 && counted(models, "model")}>
      <StepFailure jobs={run.jobs} recipes={["train.v1", "train-curve.v1"]} />
      {training ? <JobProgress job={training} /> : <Train run={run} state={state} />}
    </Step>
  );
}

function Train({ run, state }: ModelStepProps) {
  const { organization: org, project } = useProjectPlace();
  const training = useTraining(run);
  const trained = state === "done";
  if (run.project.counts.answered === 0) {
    return (
      <Text c="dimmed" fz="sm">
        Needs answers first. Training takes a minute or two for a few hundred.
      </Text>
    );
  }
  return (
    <Stack gap="sm" align="flex-start">
      {!trained && (
        <Text c="dimmed" fz="sm">
          Trains at 25, 50, 75 and 100 % of your answers and scores the rules too, so that the board
          shows whether the model is ahead and whether more answers help.
        </Text>
      )}
      <ProblemNote problem={training.error} />
      <Group gap="sm">
        <StepButton
          state={state}
          loading={training.isPending}
          onClick={() => training.mutate(undefined)}
        >
          {trained ? "Train again" : "Train"}
        </StepButton>
        <LinkButton
          to="/$org/projects/$project/board"
          params={{ org, project }}
          variant={trained ? "filled" : "default"}
        >
          See the board
        </LinkButton>
      </Group>
    </Stack>
  );
}

function useTraining(run: FirstRun) {
  const { organization, project } = useProjectPlace();
  const values = defaultValues(run);
  const curve = missingFields("train-curve.v1", values).length === 0;
  const start = async () => {
    const job = newJob(curve ? "train-curve.v1" : "train.v1", values);
    await startJob(organization, project, job);
    const baselines = run.predictors.filter(({ kind }) => kind === "rules");
    for (const { kind, id } of curve ? baselines : []) {
      const input = { predictor: { kind, id }, dataset: values.evaluationDataset };
      await evaluate(organization, project, input);
    }
  };
  return useWrite(start, { refresh: [projectKey(organization, project)], showsProblem: true });
}
