import { queryOptions } from "@tanstack/react-query";
import { getAll, organizationPath, post } from "./client";
import { projectKey } from "./keys";
import { pollWhile, WAITING_MS } from "./live";
import type { Asset, AssetKind, Dataset } from "./types";

const path = (organization: string, project: string, noun: string) =>
  organizationPath(organization, "projects", project, noun);

/** The project's assets; asked again while one of them is being filled on the cluster. */
export const assetsQuery = (organization: string, project: string) =>
  queryOptions({
    queryKey: [...projectKey(organization, project), "assets"],
    queryFn: () => getAll<Asset>(path(organization, project, "assets")),
    refetchInterval: pollWhile<Asset[]>((assets) => assets.some(isBeingFilled), WAITING_MS),
  });

export function isBeingFilled(asset: Asset): boolean {
  return asset.state !== "ready";
}

export const createAsset = (
  organization: string,
  project: string,
  input: { name: string; kind: AssetKind },
) => post<Asset>(path(organization, project, "assets"), input);

export const datasetsQuery = (organization: string, project: string) =>
  queryOptions({
    queryKey: [...projectKey(organization, project), "datasets"],
    queryFn: () => getAll<Dataset>(path(organization, project, "datasets")),
  });
