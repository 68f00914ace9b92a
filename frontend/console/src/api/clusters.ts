import { queryOptions } from "@tanstack/react-query";
import { get, getAll, organizationPath, patch, post, remove } from "./client";
import { organizationKey } from "./keys";
import { pollWhile, QUIET_MS, WAITING_MS } from "./live";
import type { Cluster, JoinToken } from "./types";

export const clustersKey = (organization: string) =>
  [...organizationKey(organization), "clusters"] as const;

export const clustersQuery = (organization: string) =>
  queryOptions({
    queryKey: clustersKey(organization),
    queryFn: () => getAll<Cluster>(organizationPath(organization, "clusters")),
    refetchInterval: QUIET_MS,
  });

/** One cluster; asked often while it is being enrolled, because someone is looking at two screens. */
export const clusterQuery = (organization: string, cluster: string) =>
  queryOptions({
    queryKey: [...clustersKey(organization), cluster],
    queryFn: () => get<Cluster>(organizationPath(organization, "clusters", cluster)),
    refetchInterval: (query) => pollWhile<Cluster>(isEnrolling, WAITING_MS)(query) || QUIET_MS,
  });

export function isEnrolling(cluster: Cluster): boolean {
  return cluster.state === "pending" || cluster.state === "unconfirmed";
}

export const createCluster = (organization: string, input: { name: string; origin: string }) =>
  post<Cluster>(organizationPath(organization, "clusters"), input);

export const renameCluster = (organization: string, cluster: string, name: string) =>
  patch<Cluster>(organizationPath(organization, "clusters", cluster), { name });

export const revokeCluster = (organization: string, cluster: string) =>
  remove(organizationPath(organization, "clusters", cluster));

export const makeJoinToken = (organization: string, cluster: string) =>
  post<JoinToken>(organizationPath(organization, "clusters", cluster, "join-token"));

export const confirmFingerprint = (organization: string, cluster: string, fingerprint: string) =>
  post<Cluster>(organizationPath(organization, "clusters", cluster, "confirm"), { fingerprint });
