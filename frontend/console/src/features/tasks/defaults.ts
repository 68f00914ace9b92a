/** A task that can be created with one click: every field has a sensible first value. */
import type { NewTask } from "../../api/tasks";
import type { ProjectMember, Recipe, RecipeView } from "../../api/types";
import type { Inventory } from "../recipes/FormPlace";
import { KINDS, kindOf, kindOfRecipe, type TaskKind } from "./kinds";

export interface TaskParts extends Inventory {
  members: ProjectMember[];
  /** Recipes of tasks whose form is made of their fields. */
  recipes: Recipe[];
  /** Who makes the task: answers it when nobody else was added to the project. */
  me: string | null;
  /** Titles in use. */
  titles: string[];
}

/** The newest data with its held-back twin, all labels in use, all real people, newest guidelines. */
export function defaultTask(parts: TaskParts, kind: TaskKind = "marks"): NewTask {
  const dataset = parts.datasets.find(({ role }) => role === "training");
  const published = parts.recipes.find(({ built_in }) => !built_in);
  return {
    // Without data there is work for nothing but a recipe that brings its own.
    ...(published && !dataset ? asWork(published.recipe, parts) : asKind(kind, parts.titles)),
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

/** The first task, of the recipe that was asked for where the cluster has it. */
export function firstTask(parts: TaskParts, asked?: string): NewTask {
  const task = defaultTask(parts);
  if (!asked || task.recipe === asked) return task;
  const kind = kindOfRecipe(asked);
  if (kind) return { ...task, ...asKind(kind, parts.titles) };
  return isHere(asked, parts) ? { ...task, ...asWork(asked, parts) } : task;
}

/** Whether a task can be made of a recipe here. */
export function isHere(recipe: string, { recipes }: Pick<TaskParts, "recipes">): boolean {
  return kindOfRecipe(recipe) !== undefined || recipes.some((each) => each.recipe === recipe);
}
const WITHOUT_LABELS: ReadonlySet<RecipeView> = new Set<RecipeView>(["text", "compare", "mark"]);

/** What of a task follows from its kind. */
export function asKind(kind: TaskKind, titles: string[]) {
  const { title, recipe, exclusive } = KINDS[kind];
  return { title: freeTitle(title, titles), recipe, exclusive };
}

/** What of a task follows from a recipe with fields; its stream brings the examples. */
export function asWork(wanted: string, { recipes, titles }: Pick<TaskParts, "recipes" | "titles">) {
  const title = recipes.find(({ recipe }) => recipe === wanted)?.title ?? wanted;
  return { title: freeTitle(title, titles), recipe: wanted, exclusive: false, dataset: "" };
}

/** The choice under "What people do" that a task stands for. */
export function workOf(task: Pick<NewTask, "recipe" | "exclusive">, recipes: Recipe[]): string {
  if (recipes.some(({ recipe }) => recipe === task.recipe)) return task.recipe;
  const view = task.recipe === KINDS.marks.recipe ? KINDS.marks.view : KINDS.one.view;
  return kindOf({ view, exclusive: task.exclusive });
}

/** Are labels marked or chosen in such a task? Other views ask for none. */
export function takesLabels({ recipe }: Pick<NewTask, "recipe">, recipes: Recipe[]): boolean {
  const view = recipes.find((each) => each.recipe === recipe)?.view;
  return !view || !WITHOUT_LABELS.has(view);
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

export function isReadyGuideline(asset: TaskParts["assets"][number]): boolean {
  return asset.kind === "guidelines" && asset.state === "ready";
}

/** What is still missing before a task makes sense, as a sentence; null when nothing is. */
export function whatIsMissing(parts: TaskParts): string | null {
  const hasData = parts.datasets.some(({ role }) => role === "training");
  const published = parts.recipes.filter(({ built_in }) => !built_in);
  if (!hasData && published.length === 0) return "Add data first.";
  const hasLabels = parts.labels.some(({ retired }) => !retired);
  const works = published.some((recipe) => !takesLabels(recipe, parts.recipes));
  if (!hasLabels && !works) return "Add labels first.";
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
