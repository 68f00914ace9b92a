import { queryOptions } from "@tanstack/react-query";
import { get, getAll, organizationPath, patch, post } from "./client";
import { projectKey } from "./keys";
import { pollWhile } from "./live";
import type { PredictorRef, Task, TaskState } from "./types";

const ANSWERING_MS = 4_000;

const tasksPath = (organization: string, project: string, ...task: string[]) =>
  organizationPath(organization, "projects", project, "tasks", ...task);

export const tasksQuery = (organization: string, project: string) =>
  queryOptions({
    queryKey: [...projectKey(organization, project), "tasks", "list"],
    queryFn: () => getAll<Task>(tasksPath(organization, project)),
    refetchInterval: pollWhile<Task[]>((tasks) => tasks.some(isBeingAnswered), ANSWERING_MS),
  });

export const taskQuery = (organization: string, project: string, task: string) =>
  queryOptions({
    queryKey: [...projectKey(organization, project), "tasks", task],
    queryFn: () => get<Task>(tasksPath(organization, project, task)),
    refetchInterval: pollWhile<Task>(isBeingAnswered, ANSWERING_MS),
  });

/** Open, and examples are left: answers may come in at any moment. */
export function isBeingAnswered(task: Task): boolean {
  return task.state === "open" && task.progress.answered < task.progress.examples;
}

export interface NewTask {
  title: string;
  dataset: string;
  evaluation_dataset: string | null;
  labels: string[];
  annotators: string[];
  suggestions: PredictorRef | null;
  guidelines: string | null;
  overlap: number;
}

export const createTask = (organization: string, project: string, input: NewTask) =>
  post<Task>(tasksPath(organization, project), { recipe: "ner.manual.v1", ...input });

export interface TaskChange {
  title?: string;
  state?: TaskState;
  annotators?: string[];
  suggestions?: PredictorRef | null;
  guidelines?: string | null;
}

export const changeTask = (
  organization: string,
  project: string,
  task: string,
  change: TaskChange,
) => patch<Task>(tasksPath(organization, project, task), change);
