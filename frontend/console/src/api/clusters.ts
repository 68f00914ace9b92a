import { queryOptions } from "@tanstack/react-query";
import { answer, api, everyRow } from "./client";
import { organizationKey } from "./keys";
import { pollWhile, QUIET_MS, WAITING_MS } from "./live";
import type { Cluster, JoinToken } from "./types";

const CLUSTERS = "/api/v1/organizations/{organization}/clusters";
const CLUSTER = `${CLUSTERS}/{cluster}` as const;

const at = (organization: string, cluster: string) => ({
  params: { path: { organization, cluster } },
});

export const clustersKey = (organization: string) =>
  [...organizationKey(organization), "clusters"] as const;

export const clustersQuery = (organization: string) =>
  queryOptions({
    queryKey: clustersKey(organization),
    queryFn: () =>
      everyRow<Cluster>((query) =>
        api.GET(CLUSTERS, { params: { path: { organization }, query } }),
      ),
    refetchInterval: QUIET_MS,
  });

/** One cluster; asked often while it is being enrolled, because someone is looking at two screens. */
export const clusterQuery = (organization: string, cluster: string) =>
  queryOptions({
    queryKey: [...clustersKey(organization), cluster],
    queryFn: () => answer<Cluster>(api.GET(CLUSTER, at(organization, cluster))),
    refetchInterval: (query) => pollWhile<Cluster>(isEnrolling, WAITING_MS)(query) || QUIET_MS,
  });

export function isEnrolling(cluster: Cluster): boolean {
  return cluster.state === "pending" || cluster.state === "unconfirmed";
}

/** May carry projects: a silent one does its work as soon as it is heard again. */
export function isUsable(cluster: Cluster): boolean {
  return cluster.state === "active" || cluster.state === "silent";
}

export const createCluster = (organization: string, body: { name: string; origin: string }) =>
  answer<Cluster>(api.POST(CLUSTERS, { params: { path: { organization } }, body }));

export const revokeCluster = (organization: string, cluster: string) =>
  answer<void>(api.DELETE(CLUSTER, at(organization, cluster)));

export const makeJoinToken = (organization: string, cluster: string) =>
  answer<JoinToken>(api.POST(`${CLUSTER}/join-token`, at(organization, cluster)));

export const confirmFingerprint = (organization: string, cluster: string, fingerprint: string) =>
  answer<Cluster>(
    api.POST(`${CLUSTER}/confirm`, { ...at(organization, cluster), body: { fingerprint } }),
  );
