import { queryOptions } from "@tanstack/react-query";
import { get, getAll, organizationPath, post } from "./client";
import { organizationKey, projectKey } from "./keys";
import { pollWhile } from "./live";
import type { Job, JobRecipe, JobState } from "./types";

const ENDED: ReadonlySet<JobState> = new Set(["succeeded", "failed", "cancelled"]);

export function isRunning(job: Job): boolean {
  return !ENDED.has(job.state);
}

export const jobsQuery = (organization: string, project: string) =>
  queryOptions({
    queryKey: [...projectKey(organization, project), "jobs"],
    queryFn: () => getAll<Job>(organizationPath(organization, "projects", project, "jobs")),
    refetchInterval: pollWhile<Job[]>((jobs) => jobs.some(isRunning)),
  });

export const jobQuery = (organization: string, job: string) =>
  queryOptions({
    queryKey: [...organizationKey(organization), "jobs", job],
    queryFn: () => get<Job>(organizationPath(organization, "jobs", job)),
    refetchInterval: pollWhile<Job>(isRunning),
  });

export interface NewJob {
  recipe: JobRecipe;
  arguments: Record<string, unknown>;
}

export const startJob = (organization: string, project: string, input: NewJob) =>
  post<Job>(organizationPath(organization, "projects", project, "jobs"), input);

export const cancelJob = (organization: string, job: string) =>
  post<Job>(organizationPath(organization, "jobs", job, "cancel"));
