import { Button } from "@mantine/core";
import { cancelJob } from "../../api/jobs";
import { organizationKey } from "../../api/keys";
import type { Job } from "../../api/types";
import { useWrite } from "../../api/write";
import { useOrganization } from "../../shell/place";

/** Stop a running job; what it wrote before stays invisible or is undone on the cluster. */
export function CancelButton({ job }: { job: Job }) {
  const organization = useOrganization();
  const cancelling = useWrite(() => cancelJob(organization, job.id), {
    refresh: [organizationKey(organization)],
    done: "Cancelling.",
  });
  return (
    <Button
      variant="default"
      size="xs"
      loading={cancelling.isPending}
      onClick={() => cancelling.mutate(undefined)}
    >
      Cancel
    </Button>
  );
}
