/** What the board reads: predictors, models, evaluations and the comparison itself. */
import { queryOptions } from "@tanstack/react-query";
import { get, getAll, organizationPath, post } from "./client";
import { projectKey } from "./keys";
import type { Board, Evaluation, Model, Predictor, PredictorRef } from "./types";

const path = (organization: string, project: string, noun: string) =>
  organizationPath(organization, "projects", project, noun);

export const boardQuery = (organization: string, project: string) =>
  queryOptions({
    queryKey: [...projectKey(organization, project), "board"],
    queryFn: () => get<Board>(path(organization, project, "board")),
  });

export const predictorsQuery = (organization: string, project: string) =>
  queryOptions({
    queryKey: [...projectKey(organization, project), "predictors"],
    queryFn: () => getAll<Predictor>(path(organization, project, "predictors")),
  });

export const modelsQuery = (organization: string, project: string) =>
  queryOptions({
    queryKey: [...projectKey(organization, project), "models"],
    queryFn: () => getAll<Model>(path(organization, project, "models")),
  });

export const evaluate = (
  organization: string,
  project: string,
  input: { predictor: PredictorRef; dataset: string },
) => post<Evaluation>(path(organization, project, "evaluations"), input);
