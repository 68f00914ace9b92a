import { useQuery } from "@tanstack/react-query";
import { assetsQuery, datasetsQuery } from "../../api/assets";
import { labelsQuery } from "../../api/labels";
import { membersQuery } from "../../api/members";
import { projectMembersQuery } from "../../api/projects";
import { tasksQuery } from "../../api/tasks";
import { useMe, useProjectPlace } from "../../shell/place";
import { shownDatasets } from "../data/shownDatasets";
import type { TaskParts } from "./defaults";

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
  if (!assets || !datasets || !labels || !members || !everyone || !tasks) return undefined;
  const me = everyone.find((each) => each.email === email)?.id ?? null;
  return {
    assets,
    datasets: shownDatasets(datasets, assets),
    labels,
    members,
    me,
    titles: tasks.map(({ title }) => title),
  };
}
