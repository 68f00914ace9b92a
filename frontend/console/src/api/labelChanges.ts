import { queryOptions } from "@tanstack/react-query";
import { answer, api, everyRow } from "./client";
import { projectKey } from "./keys";
import { pollWhile } from "./live";
import type { LabelChange, LabelChangeKind } from "./types";

const CHANGES = "/api/v1/organizations/{organization}/projects/{project}/label-changes";
const CHANGE = `${CHANGES}/{change}` as const;

/** The cluster has still to report. */
export function isOnItsWay({ state }: LabelChange): boolean {
  return state === "counting" || state === "applying" || state === "undoing";
}

export const labelChangesQuery = (organization: string, project: string) =>
  queryOptions({
    queryKey: [...projectKey(organization, project), "label-changes"],
    queryFn: () =>
      everyRow<LabelChange>((query) =>
        api.GET(CHANGES, { params: { path: { organization, project }, query } }),
      ),
    refetchInterval: pollWhile<LabelChange[]>((changes) => changes.some(isOnItsWay)),
  });

export const labelChangeQuery = (organization: string, project: string, change: string) =>
  queryOptions({
    queryKey: [...projectKey(organization, project), "label-changes", change],
    queryFn: () =>
      answer<LabelChange>(api.GET(CHANGE, { params: { path: { organization, project, change } } })),
    refetchInterval: pollWhile<LabelChange>(isOnItsWay),
  });

export interface NewLabelChange {
  kind: LabelChangeKind;
  labels: string[];
  into?: string[];
  new_names?: string[];
}

/** Ask what a change would touch; nothing changes yet. */
export const countLabelChange = (organization: string, project: string, body: NewLabelChange) =>
  answer<LabelChange>(api.POST(CHANGES, { params: { path: { organization, project } }, body }));

export interface HowToApply {
  evaluation: boolean;
  look_again: boolean;
}

export const applyLabelChange = (
  organization: string,
  project: string,
  change: string,
  body: HowToApply,
) =>
  answer<LabelChange>(
    api.POST(`${CHANGE}/apply`, { params: { path: { organization, project, change } }, body }),
  );

export const undoLabelChange = (organization: string, project: string, change: string) =>
  answer<LabelChange>(
    api.POST(`${CHANGE}/undo`, { params: { path: { organization, project, change } } }),
  );
