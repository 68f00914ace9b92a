import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "./client";
import { projectKey } from "./keys";
import type { LabelScheme, LabelSchemeBody } from "./types";

const LABELS = "/api/v1/organizations/{organization}/projects/{project}/labels";

export const labelsQuery = (organization: string, project: string) =>
  queryOptions({
    queryKey: [...projectKey(organization, project), "labels"],
    queryFn: () =>
      answer<LabelScheme>(api.GET(LABELS, { params: { path: { organization, project } } })),
  });

/** Write the whole scheme: labels with an id keep it, those without one are new. */
export const saveLabels = (organization: string, project: string, body: LabelSchemeBody) =>
  answer<LabelScheme>(api.PUT(LABELS, { params: { path: { organization, project } }, body }));
