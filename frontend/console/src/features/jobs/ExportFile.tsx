import type { Job } from "../../api/types";
import { ClusterButton } from "../../components/ClusterLink";
import { useClusterOrigin } from "../../shell/useClusterOrigin";

/** An export's file is text: it is downloaded from the cluster's own page. */
export function ExportFile({ job }: { job: Job }) {
  const origin = useClusterOrigin();
  if (!origin) return null;
  return (
    <div>
      <ClusterButton url={`${origin}/exports/${job.id}`}>Download the file</ClusterButton>
    </div>
  );
}

/** What a recipe has left behind may be text as well; whether it left anything only the cluster knows. */
export function RecipeOutput({ job }: { job: Job }) {
  const origin = useClusterOrigin();
  if (!origin) return null;
  return (
    <div>
      <ClusterButton url={`${origin}/exports/${job.id}`} variant="default">
        See what it left on the cluster
      </ClusterButton>
    </div>
  );
}
