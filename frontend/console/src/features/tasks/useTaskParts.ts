import { useQuery } from "@tanstack/react-query";
import { assetsQuery, datasetsQuery, secretsQuery } from "../../api/assets";
import { modelsQuery } from "../../api/board";
import { labelsQuery } from "../../api/labels";
import { membersQuery } from "../../api/members";
import { projectMembersQuery, projectQuery } from "../../api/projects";
import { recipesQuery } from "../../api/recipes";
import { tasksQuery } from "../../api/tasks";
import { useMe, useProjectPlace } from "../../shell/place";
import { shownDatasets } from "../data/shownDatasets";
import type { TaskParts } from "./defaults";
import { taskRecipes } from "./kinds";

/** All that a new task is made of, or undefined while some of it is still on its way. */
export function useTaskParts(): TaskParts | undefined {
  const { organization, project } = useProjectPlace();
  const assets = useQuery(assetsQuery(organization, project)).data;
  const datasets = useQuery(datasetsQuery(organization, project)).data;
  const labels = useQuery(labelsQuery(organization, project)).data?.labels;
  const members = useQuery(projectMembersQuery(organization, project)).data;
  const everyone = useQuery(membersQuery(organization)).data;
  const email = useMe().email;
  const tasks = useQuery(tasksQuery(organization, project)).data;
  const models = useQuery(modelsQuery(organization, project)).data;
  const secrets = useQuery(secretsQuery(organization, project)).data;
  const cluster = useQuery(projectQuery(organization, project)).data?.cluster;
  const recipes = useQuery({
    ...recipesQuery(organization, cluster),
    enabled: Boolean(cluster),
  }).data;
  if (!assets || !datasets || !labels || !members || !everyone || !tasks) return undefined;
  if (!models || !recipes || !secrets) return undefined;
  const me = everyone.find((each) => each.email === email)?.id ?? null;
  return {
    assets,
    datasets: shownDatasets(datasets, assets),
    labels,
    members,
    models,
    secrets,
    recipes: taskRecipes(recipes),
    me,
    titles: tasks.map(({ title }) => title),
  };
}
