import { Stack, Text } from "@mantine/core";
import type { Job } from "../../api/types";
import { LinkText } from "../../components/links";
import { useProjectPlace } from "../../shell/place";
import { newestFailure } from "./firstRun";

interface StepFailureProps {
  jobs: Job[];
  recipes: Job["recipe"][];
}

/** Why a step's last job failed and what to do; the job itself says more. */
export function StepFailure({ jobs, recipes }: StepFailureProps) {
  const { organization: org, project } = useProjectPlace();
  const job = newestFailure(jobs, recipes);
  if (!job?.failure) return null;
  return (
    <Stack gap={2} role="status" mb="sm">
      <Text fw={600}>{job.failure.title}</Text>
      <Text fz="sm">{job.failure.what_to_do}</Text>
      <div>
        <LinkText to="/$org/projects/$project/jobs/$job" params={{ org, project, job: job.id }}>
          See the job
        </LinkText>
      </div>
    </Stack>
  );
}
