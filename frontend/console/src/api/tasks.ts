import { queryOptions } from "@tanstack/react-query";
import { answer, api, everyRow } from "./client";
import { projectKey } from "./keys";
import { pollWhile } from "./live";
import type { PredictorRef, Task, TaskState } from "./types";

const TASKS = "/api/v1/organizations/{organization}/projects/{project}/tasks";

const ANSWERING_MS = 4_000;

export const tasksQuery = (organization: string, project: string) =>
  queryOptions({
    queryKey: [...projectKey(organization, project), "tasks", "list"],
    queryFn: () =>
      everyRow<Task>((query) =>
        api.GET(TASKS, { params: { path: { organization, project }, query } }),
      ),
    refetchInterval: pollWhile<Task[]>((tasks) => tasks.some(isBeingAnswered), ANSWERING_MS),
  });

export const taskQuery = (organization: string, project: string, task: string) =>
  queryOptions({
    queryKey: [...projectKey(organization, project), "tasks", task],
    queryFn: () =>
      answer<Task>(
        api.GET(`${TASKS}/{task}`, { params: { path: { organization, project, task } } }),
      ),
    refetchInterval: pollWhile<Task>(isBeingAnswered, ANSWERING_MS),
  });

/** Open, and examples are left: answers may come in at any moment. */
export function isBeingAnswered(task: Task): boolean {
  return task.state === "open" && task.progress.answered < task.progress.examples;
}

export interface NewTask {
  title: string;
  /** A built-in one, or the full name of one that was published to the project's cluster. */
  recipe: string;
  arguments?: Record<string, unknown>;
  exclusive: boolean;
  /** Left out, the stream of a published recipe fills a new one. */
  dataset?: string;
  evaluation_dataset: string | null;
  labels: string[];
  annotators: string[];
  suggestions: PredictorRef | null;
  blind: boolean;
  guidelines: string | null;
  overlap: number;
}

export const createTask = (organization: string, project: string, body: NewTask) =>
  answer<Task>(api.POST(TASKS, { params: { path: { organization, project } }, body }));

export interface TaskChange {
  title?: string;
  state?: TaskState;
  annotators?: string[];
  suggestions?: PredictorRef | null;
  blind?: boolean;
  guidelines?: string | null;
}

export const changeTask = (organization: string, project: string, task: string, body: TaskChange) =>
  answer<Task>(
    api.PATCH(`${TASKS}/{task}`, { params: { path: { organization, project, task } }, body }),
  );
