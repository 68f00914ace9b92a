import { useQuery } from "@tanstack/react-query";
import { assetsQuery, datasetsQuery } from "../../api/assets";
import { modelsQuery, predictorsQuery } from "../../api/board";
import { jobsQuery } from "../../api/jobs";
import { labelsQuery } from "../../api/labels";
import { WAITING_MS } from "../../api/live";
import { followedProjectQuery } from "../../api/projects";
import { tasksQuery } from "../../api/tasks";
import { useProjectPlace } from "../../shell/place";
import type { FirstRun } from "./firstRun";

/** Everything the guided first run looks at; it goes on by itself when the cluster has done its part. */
export function useFirstRun() {
  const { organization, project } = useProjectPlace();
  const follow = { refetchInterval: WAITING_MS };
  const main = useQuery(followedProjectQuery(organization, project));
  const assets = useQuery({ ...assetsQuery(organization, project), ...follow });
  const datasets = useQuery({ ...datasetsQuery(organization, project), ...follow });
  const jobs = useQuery({ ...jobsQuery(organization, project), ...follow });
  const predictors = useQuery({ ...predictorsQuery(organization, project), ...follow });
  const models = useQuery({ ...modelsQuery(organization, project), ...follow });
  const labels = useQuery(labelsQuery(organization, project));
  const tasks = useQuery(tasksQuery(organization, project));
  const queries = [main, assets, datasets, jobs, predictors, models, labels, tasks];
  const failed = queries.find(({ error, data }) => error && data === undefined);
  const complete = queries.every(({ data }) => data !== undefined);
  const run = {
    project: main.data,
    assets: assets.data,
    datasets: datasets.data,
    jobs: jobs.data,
    predictors: predictors.data,
    models: models.data,
    labels: labels.data?.labels,
    tasks: tasks.data,
  };
  return {
    data: complete ? (run as FirstRun) : undefined,
    error: failed?.error ?? null,
    refetch: failed?.refetch ?? main.refetch,
  };
}
