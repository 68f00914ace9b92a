/** What the board reads: predictors, models, evaluations and the comparison itself. */
import { queryOptions } from "@tanstack/react-query";
import { answer, api, everyRow } from "./client";
import { projectKey } from "./keys";
import type { Board, Evaluation, Measures, Model, Page, Predictor, PredictorRef } from "./types";

const PROJECT = "/api/v1/organizations/{organization}/projects/{project}";

const at = (organization: string, project: string) => ({
  params: { path: { organization, project } },
});

/** Which of a project's boards; without them, the first held-back set and what was measured last. */
export interface BoardChoice {
  dataset?: string | undefined;
  measures?: Measures | undefined;
}

export const boardQuery = (
  organization: string,
  project: string,
  { dataset, measures }: BoardChoice = {},
) =>
  queryOptions({
    queryKey: [
      ...projectKey(organization, project),
      "board",
      dataset ?? "first",
      measures ?? "last",
    ],
    queryFn: () =>
      answer<Board>(
        api.GET(`${PROJECT}/board`, {
          params: {
            path: { organization, project },
            query: { ...(dataset && { dataset }), ...(measures && { measures }) },
          },
        }),
      ),
  });

/** Rules, models and those that are both, in one short list. */
export const predictorsQuery = (organization: string, project: string) =>
  queryOptions({
    queryKey: [...projectKey(organization, project), "predictors"],
    queryFn: async () => {
      const call = api.GET(`${PROJECT}/predictors`, at(organization, project));
      return (await answer<Page<Predictor>>(call)).results;
    },
  });

/** Make rules and a model into one predictor, of which the rules decide. */
export const combine = (
  organization: string,
  project: string,
  body: { name: string; rules: string; model: string },
) => answer<Predictor>(api.POST(`${PROJECT}/predictors`, { ...at(organization, project), body }));

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
