import { useQuery } from "@tanstack/react-query";
import { clustersQuery } from "../api/clusters";
import { projectQuery } from "../api/projects";
import { useProjectPlace } from "./place";

/** Where the project's cluster is, once that is known; nothing for those who may not see clusters. */
export function useClusterOrigin(): string | null {
  const { organization, project } = useProjectPlace();
  const { data } = useQuery(projectQuery(organization, project));
  const clusters = useQuery(clustersQuery(organization));
  return clusters.data?.find(({ id }) => id === data?.cluster)?.origin ?? null;
}
