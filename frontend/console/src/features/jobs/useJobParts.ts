import { useQuery } from "@tanstack/react-query";
import { assetsQuery, datasetsQuery, secretsQuery } from "../../api/assets";
import { modelsQuery, predictorsQuery } from "../../api/board";
import { labelsQuery } from "../../api/labels";
import { projectQuery } from "../../api/projects";
import { recipesQuery } from "../../api/recipes";
import { tasksQuery } from "../../api/tasks";
import type { Asset, Label, Recipe } from "../../api/types";
import { useProjectPlace } from "../../shell/place";
import { shownDatasets } from "../data/shownDatasets";
import { jobRecipes } from "./jobChoices";
import type { Inventory } from "./recipes";

export interface JobParts extends Inventory {
  assets: Asset[];
  labels: Label[];
  secrets: { id: string; name: string }[];
  /** Recipes of jobs whose form is made of their fields. */
  recipes: Recipe[];
}

/** All that a new job is made of, or undefined while some of it is still on its way. */
export function useJobParts(): JobParts | undefined {
  const { organization, project } = useProjectPlace();
  const assets = useQuery(assetsQuery(organization, project)).data;
  const datasets = useQuery(datasetsQuery(organization, project)).data;
  const predictors = useQuery(predictorsQuery(organization, project)).data;
  const models = useQuery(modelsQuery(organization, project)).data;
  const tasks = useQuery(tasksQuery(organization, project)).data;
  const labels = useQuery(labelsQuery(organization, project)).data?.labels;
  const secrets = useQuery(secretsQuery(organization, project)).data;
  const cluster = useQuery(projectQuery(organization, project)).data?.cluster;
  const recipes = useQuery({
    ...recipesQuery(organization, cluster),
    enabled: Boolean(cluster),
  }).data;
  if (!assets || !datasets || !predictors || !models || !tasks) return undefined;
  if (!labels || !secrets || !recipes) return undefined;
  return {
    assets,
    datasets: shownDatasets(datasets, assets),
    predictors,
    models,
    tasks,
    labels,
    secrets,
    recipes: jobRecipes(recipes),
  };
}
