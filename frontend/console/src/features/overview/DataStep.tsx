import { Group, Stack, Text } from "@mantine/core";
import type { Asset } from "../../api/types";
import { ClusterButton } from "../../components/ClusterLink";
import { Step, type StepState } from "../../components/Steps";
import { count } from "../../format/numbers";
import { ASSET_KINDS } from "../data/assetWords";
import { useAddAsset } from "../data/useAddAsset";
import { JobProgress } from "../jobs/JobState";
import { examplesByRole, type FirstRun, runningJob } from "./firstRun";
import { StepButton, variantFor } from "./StepButton";
import { StepFailure } from "./StepFailure";

interface DataStepProps {
  run: FirstRun;
  state: StepState;
}

/** Bring in text and hold some back, in the same step on the cluster's page. */
export function DataStep({ run, state }: DataStepProps) {
  const { training, evaluation } = examplesByRole(run.datasets);
  const importing = runningJob(run.jobs, ["import.v1"]);
  const outcome = training > 0 && `${count(training)} to annotate, ${count(evaluation)} held back`;
  return (
    <Step title="Bring in your text and hold some back" state={state} outcome={outcome}>
      <StepFailure jobs={run.jobs} recipes={["import.v1"]} />
      {importing && <JobProgress job={importing} />}
      {!importing && state !== "done" && <BringData run={run} state={state} />}
    </Step>
  );
}

function BringData({ run, state }: DataStepProps) {
  const { add, isPending } = useAddAsset(run.assets);
  const begun = run.assets.find((asset) => asset.kind === "data" && asset.state !== "ready");
  return (
    <Stack gap="sm" align="flex-start">
      <Text c="dimmed" fz="sm">
        A JSONL, CSV or TXT file. It opens on your own cluster, in a new tab, because the text never
        leaves it; this page goes on by itself. Held-back examples measure your models and are never
        trained on.
      </Text>
      {begun ? (
        <Begun asset={begun} state={state} />
      ) : (
        <StepButton state={state} loading={isPending} onClick={() => add("data")}>
          Add data
        </StepButton>
      )}
    </Stack>
  );
}

function Begun({ asset, state }: { asset: Asset; state: StepState }) {
  return (
    <Group gap="sm">
      <ClusterButton url={asset.cluster_url} variant={variantFor(state)}>
        {ASSET_KINDS.data.open}
      </ClusterButton>
      <Text fz="sm" c="dimmed" role="status">
        {asset.name} is {ASSET_KINDS.data.waiting} there.
      </Text>
    </Group>
  );
}
