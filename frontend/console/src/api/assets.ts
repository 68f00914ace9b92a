import { queryOptions } from "@tanstack/react-query";
import { answer, api, everyRow } from "./client";
import { projectKey } from "./keys";
import { pollWhile, WAITING_MS } from "./live";
import type { Asset, AssetKind, Dataset } from "./types";

const PROJECT = "/api/v1/organizations/{organization}/projects/{project}";

/** The project's assets; asked again while one of them is being filled on the cluster. */
export const assetsQuery = (organization: string, project: string) =>
  queryOptions({
    queryKey: [...projectKey(organization, project), "assets"],
    queryFn: () =>
      everyRow<Asset>((query) =>
        api.GET(`${PROJECT}/assets`, { params: { path: { organization, project }, query } }),
      ),
    refetchInterval: pollWhile<Asset[]>((assets) => assets.some(isBeingFilled), WAITING_MS),
  });

export function isBeingFilled(asset: Asset): boolean {
  return asset.state !== "ready";
}

export const createAsset = (
  organization: string,
  project: string,
  body: { name: string; kind: AssetKind },
) =>
  answer<Asset>(
    api.POST(`${PROJECT}/assets`, { params: { path: { organization, project } }, body }),
  );

export const datasetsQuery = (organization: string, project: string) =>
  queryOptions({
    queryKey: [...projectKey(organization, project), "datasets"],
    queryFn: () =>
      everyRow<Dataset>((query) =>
        api.GET(`${PROJECT}/datasets`, { params: { path: { organization, project }, query } }),
      ),
  });

/** The names of the project's secrets; their values lie on the cluster. For developers. */
export const secretsQuery = (organization: string, project: string) =>
  queryOptions({
    queryKey: [...projectKey(organization, project), "secrets"],
    queryFn: () =>
      everyRow<{ id: string; name: string }>((query) =>
        api.GET(`${PROJECT}/secrets`, { params: { path: { organization, project }, query } }),
      ),
  });
