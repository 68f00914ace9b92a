import { Stack, Text } from "@mantine/core";
import { startJob } from "../../api/jobs";
import { projectKey } from "../../api/keys";
import type { Model } from "../../api/types";
import { useWrite } from "../../api/write";
import { ClusterButton } from "../../components/ClusterLink";
import { ProblemNote } from "../../components/ProblemNote";
import { Step, type StepState } from "../../components/Steps";
import { useProjectPlace } from "../../shell/place";
import { JobProgress } from "../jobs/JobState";
import { predicts } from "../jobs/recipes";
import { type FirstRun, runningJob } from "./firstRun";
import { StepButton } from "./StepButton";
import { StepFailure } from "./StepFailure";

interface WheelStepProps {
  run: FirstRun;
  state: StepState;
}

/** Pack the model; the wheel is downloaded on the cluster. */
export function WheelStep({ run, state }: WheelStepProps) {
  const packaging = runningJob(run.jobs, ["package.v1"]);
  const packaged = run.models.find((model) => model.packaged);
  const model = run.models.filter(predicts).find(({ trained_at }) => trained_at !== null);
  return (
    <Step title="Take the model with you" state={state} outcome={packaged?.name}>
      <StepFailure jobs={run.jobs} recipes={["package.v1"]} />
      {packaging && <JobProgress job={packaging} />}
      {packaged && (
        <ClusterButton url={packaged.cluster_url} variant="default">
          Download the wheel
        </ClusterButton>
      )}
      {!packaging && !packaged && model && <Pack model={model} state={state} />}
    </Step>
  );
}

function Pack({ model, state }: { model: Model; state: StepState }) {
  const { organization, project } = useProjectPlace();
  const starting = useWrite(
    () => startJob(organization, project, { recipe: "package.v1", arguments: { model: model.id } }),
    { refresh: [projectKey(organization, project)], showsProblem: true },
  );
  return (
    <Stack gap="sm" align="flex-start">
      <Text c="dimmed" fz="sm">
        {model.name} becomes a wheel that pip installs anywhere.
      </Text>
      <ProblemNote problem={starting.error} />
      <StepButton
        state={state}
        loading={starting.isPending}
        onClick={() => starting.mutate(undefined)}
      >
        Package {model.name}
      </StepButton>
    </Stack>
  );
}
