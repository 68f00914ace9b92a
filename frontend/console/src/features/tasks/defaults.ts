/** A task that can be created with one click: every field has a sensible first value. */
import type { NewTask } from "../../api/tasks";
import type { Asset, Dataset, Label, ProjectMember } from "../../api/types";
import { KINDS, type TaskKind } from "./kinds";

export interface TaskParts {
  assets: Asset[];
  datasets: Dataset[];
  labels: Label[];
  members: ProjectMember[];
  /** Who makes the task: answers it when nobody else was added to the project. */
  me: string | null;
  /** Titles in use. */
  titles: string[];
}

/** The newest data with its held-back twin, all labels in use, all real people, newest guidelines. */
export function defaultTask(parts: TaskParts, kind: TaskKind = "marks"): NewTask {
  const dataset = parts.datasets.find(({ role }) => role === "training");
  return {
    ...asKind(kind, parts.titles),
    dataset: dataset?.id ?? "",
    evaluation_dataset: heldBackOf(dataset?.id, parts),
    labels: parts.labels.filter(({ retired }) => !retired).flatMap(({ id }) => id ?? []),
    annotators: defaultAnnotators(parts),
    suggestions: null,
    blind: false,
    guidelines: parts.assets.find(isReadyGuideline)?.id ?? null,
    overlap: 1,
  };
}

/** What of a task follows from its kind. */
export function asKind(kind: TaskKind, titles: string[]) {
  const { title, recipe, exclusive } = KINDS[kind];
  return { title: freeTitle(title, titles), recipe, exclusive };
}

function defaultAnnotators({ members, me }: TaskParts): string[] {
  const people = members.filter(({ simulated }) => !simulated).map(({ member }) => member);
  return people.length > 0 || me === null ? people : [me];
}

/** The held-back dataset that came out of the same file as `dataset`. */
export function heldBackOf(
  dataset: string | undefined,
  { assets, datasets }: Pick<TaskParts, "assets" | "datasets">,
): string | null {
  const asset = assets.find((each) => dataset !== undefined && each.dataset === dataset);
  const twin = datasets.find(({ id }) => id === asset?.evaluation_dataset);
  return twin?.id ?? datasets.find(({ role }) => role === "evaluation")?.id ?? null;
}

export function isReadyGuideline(asset: Asset): boolean {
  return asset.kind === "guidelines" && asset.state === "ready";
}

/** What is still missing before a task makes sense, as a sentence; null when nothing is. */
export function whatIsMissing(parts: TaskParts): string | null {
  if (!parts.datasets.some(({ role }) => role === "training")) return "Add data first.";
  if (!parts.labels.some(({ retired }) => !retired)) return "Add labels first.";
  return null;
}

function freeTitle(first: string, titles: string[]): string {
  let number = 1;
  let title = first;
  while (titles.includes(title)) {
    number += 1;
    title = `${first} ${number}`;
  }
  return title;
}
