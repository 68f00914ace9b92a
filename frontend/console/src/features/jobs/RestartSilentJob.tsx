import { Group, Text } from "@mantine/core";
import { restartJob } from "../../api/jobs";
import { organizationKey } from "../../api/keys";
import type { Job } from "../../api/types";
import { useWrite } from "../../api/write";
import { ConfirmButton } from "../../components/ConfirmButton";
import { useOrganization } from "../../shell/place";

/** What a silent job means, and the one thing a person can do about it. */
export function RestartSilentJob({ job }: { job: Job }) {
  const organization = useOrganization();
  const restarting = useWrite(() => restartJob(organization, job.id), {
    refresh: [organizationKey(organization)],
    done: "Queued again.",
  });
  return (
    <Group mt="sm" justify="space-between" wrap="wrap">
      <Text fz="sm" c="dimmed">
        Nothing heard from the cluster for a while. The work goes on there and reports when the line
        is back; it is not started a second time by itself.
      </Text>
      <ConfirmButton
        size="xs"
        loading={restarting.isPending}
        question="Start this job again?"
        consequence="If the old try is still at work on the cluster, its result will not count."
        verb="Start again"
        onConfirm={() => restarting.mutate(undefined)}
      >
        Start again
      </ConfirmButton>
    </Group>
  );
}
