import { queryOptions } from "@tanstack/react-query";
import { answer, api, everyRow } from "./client";
import { organizationKey, projectKey } from "./keys";
import { pollWhile } from "./live";
import type { Job, JobState } from "./types";

const JOBS = "/api/v1/organizations/{organization}/projects/{project}/jobs";
const JOB = "/api/v1/organizations/{organization}/jobs/{job}";
const ENDED: ReadonlySet<JobState> = new Set(["succeeded", "failed", "cancelled"]);

export function isRunning(job: Job): boolean {
  return !ENDED.has(job.state);
}

export const jobsQuery = (organization: string, project: string) =>
  queryOptions({
    queryKey: [...projectKey(organization, project), "jobs"],
    queryFn: () =>
      everyRow<Job>((query) =>
        api.GET(JOBS, { params: { path: { organization, project }, query } }),
      ),
    refetchInterval: pollWhile<Job[]>((jobs) => jobs.some(isRunning)),
  });

export const jobQuery = (organization: string, job: string) =>
  queryOptions({
    queryKey: [...organizationKey(organization), "jobs", job],
    queryFn: () => answer<Job>(api.GET(JOB, { params: { path: { organization, job } } })),
    refetchInterval: pollWhile<Job>(isRunning),
  });

export interface NewJob {
  recipe: string;
  arguments: Record<string, unknown>;
}

export const startJob = (organization: string, project: string, body: NewJob) =>
  answer<Job>(api.POST(JOBS, { params: { path: { organization, project } }, body }));

export const cancelJob = (organization: string, job: string) =>
  answer<Job>(api.POST(`${JOB}/cancel`, { params: { path: { organization, job } } }));

/** Start a job again that has fallen silent; what its old try still reports no longer counts. */
export const restartJob = (organization: string, job: string) =>
  answer<Job>(api.POST(`${JOB}/restart`, { params: { path: { organization, job } } }));
