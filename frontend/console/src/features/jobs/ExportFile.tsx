import { useQuery } from "@tanstack/react-query";
import { clustersQuery } from "../../api/clusters";
import { projectQuery } from "../../api/projects";
import type { Job } from "../../api/types";
import { ClusterButton } from "../../components/ClusterLink";
import { useProjectPlace } from "../../shell/place";

/** An export's file is text: it is downloaded from the cluster's own page. */
export function ExportFile({ job }: { job: Job }) {
  const { organization, project } = useProjectPlace();
  const { data } = useQuery(projectQuery(organization, project));
  const clusters = useQuery(clustersQuery(organization));
  const cluster = clusters.data?.find(({ id }) => id === data?.cluster);
  if (!cluster) return null;
  return (
    <div>
      <ClusterButton url={`${cluster.origin}/exports/${job.id}`}>Download the file</ClusterButton>
    </div>
  );
}
