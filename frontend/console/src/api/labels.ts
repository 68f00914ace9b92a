import { queryOptions } from "@tanstack/react-query";
import { get, organizationPath, put } from "./client";
import { projectKey } from "./keys";
import type { Label, LabelScheme } from "./types";

const labelsPath = (organization: string, project: string) =>
  organizationPath(organization, "projects", project, "labels");

export const labelsQuery = (organization: string, project: string) =>
  queryOptions({
    queryKey: [...projectKey(organization, project), "labels"],
    queryFn: () => get<LabelScheme>(labelsPath(organization, project)),
  });

/** Write the whole scheme: labels with an id keep it, those without one are new. */
export const saveLabels = (
  organization: string,
  project: string,
  scheme: { version: number; labels: Label[] },
) => put<LabelScheme>(labelsPath(organization, project), scheme);
