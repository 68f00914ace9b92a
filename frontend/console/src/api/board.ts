/** What the board reads: predictors, models, evaluations and the comparison itself. */
import { queryOptions } from "@tanstack/react-query";
import { answer, api, everyRow } from "./client";
import { projectKey } from "./keys";
import type { Board, Evaluation, Measures, Model, Page, Predictor, PredictorRef } from "./types";

const PROJECT = "/api/v1/organizations/{organization}/projects/{project}";

const at = (organization: string, project: string) => ({
  params: { path: { organization, project } },
});

/** Without `measures`, what was measured last. */
export const boardQuery = (organization: string, project: string, measures?: Measures) =>
  queryOptions({
    queryKey: [...projectKey(organization, project), "board", measures ?? "last"],
    queryFn: () =>
      answer<Board>(
        api.GET(`${PROJECT}/board`, {
          params: { path: { organization, project }, query: measures ? { measures } : {} },
        }),
      ),
  });

/** Rules and models in one short list. */
export const predictorsQuery = (organization: string, project: string) =>
  queryOptions({
    queryKey: [...projectKey(organization, project), "predictors"],
    queryFn: async () => {
      const call = api.GET(`${PROJECT}/predictors`, at(organization, project));
      return (await answer<Page<Predictor>>(call)).results;
    },
  });

export const modelsQuery = (organization: string, project: string) =>
  queryOptions({
    queryKey: [...projectKey(organization, project), "models"],
    queryFn: () =>
      everyRow<Model>((query) =>
        api.GET(`${PROJECT}/models`, { params: { path: { organization, project }, query } }),
      ),
  });

export const evaluate = (
  organization: string,
  project: string,
  body: { predictor: PredictorRef; dataset: string },
) => answer<Evaluation>(api.POST(`${PROJECT}/evaluations`, { ...at(organization, project), body }));
