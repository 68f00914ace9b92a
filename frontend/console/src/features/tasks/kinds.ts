/** What a task asks of people, and what is learnt from its answers. */
import type { Component, Recipe, RecipeView, Task } from "../../api/types";

export type TaskKind = "marks" | "one" | "several";

interface KindWords {
  name: string;
  title: string;
  recipe: string;
  view: RecipeView;
  exclusive: boolean;
  component: Component;
}

export const KINDS: Record<TaskKind, KindWords> = {
  marks: {
    name: "Mark parts of texts",
    title: "Mark the labels",
    recipe: "ner.manual.v1",
    view: "spans",
    exclusive: false,
    component: "ner",
  },
  one: {
    name: "One label per text",
    title: "Choose the label",
    recipe: "textcat.manual.v1",
    view: "choices",
    exclusive: true,
    component: "textcat",
  },
  several: {
    name: "Any labels per text",
    title: "Choose the labels",
    recipe: "textcat.manual.v1",
    view: "choices",
    exclusive: false,
    component: "textcat_multilabel",
  },
};

export const KIND_CHOICES = (Object.keys(KINDS) as TaskKind[]).map((value) => ({
  value,
  label: KINDS[value].name,
}));

/** What a model can learn, for a person who chooses. */
export const COMPONENT_CHOICES: { value: Component; label: string }[] = [
  ...Object.values(KINDS).map(({ component, name }) => ({ value: component, label: name })),
  { value: "spancat", label: "Mark parts of texts that may overlap" },
  { value: "tagger", label: "Give each word a tag" },
  { value: "senter", label: "Find the sentences" },
  { value: "parser", label: "Say what each word hangs from" },
];

export function isKind(value: string): value is TaskKind {
  return value in KINDS;
}

/** The kind that a built-in recipe is first shown as; of any other recipe, nothing. */
export function kindOfRecipe(recipe: string): TaskKind | undefined {
  return (Object.keys(KINDS) as TaskKind[]).find((kind) => KINDS[kind].recipe === recipe);
}

/** The recipes of tasks that are no kind: their form is made of their fields. */
export function taskRecipes(catalogue: Recipe[]): Recipe[] {
  return catalogue.filter(({ kind, recipe }) => kind === "task" && !kindOfRecipe(recipe));
}

/** What a new task can be: what every cluster has, and recipes published to this one. */
export function workChoices(recipes: Recipe[]) {
  return [
    { group: "Of every cluster", items: [...KIND_CHOICES, ...choices(recipes, true)] },
    { group: "Published to this cluster", items: choices(recipes, false) },
  ].filter(({ items }) => items.length > 0);
}

function choices(recipes: Recipe[], builtIn: boolean): { value: string; label: string }[] {
  return recipes
    .filter(({ built_in }) => built_in === builtIn)
    .map(({ recipe, title }) => ({ value: recipe, label: `${title} (${recipe})` }));
}

export function kindOf({ view, exclusive }: Pick<Task, "view" | "exclusive">): TaskKind {
  if (view === KINDS.marks.view) return "marks";
  return exclusive ? "one" : "several";
}

/** What the answers to the newest task teach; without a task, where marks belong. */
export function componentOf(tasks: Pick<Task, "view" | "exclusive">[]): Component {
  const newest = tasks.at(-1);
  return KINDS[newest ? kindOf(newest) : "marks"].component;
}
