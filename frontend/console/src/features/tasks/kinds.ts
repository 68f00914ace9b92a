/** What a task asks of people, and what is learnt from its answers. */
import type { Component, Task, TaskRecipe } from "../../api/types";

export type TaskKind = "marks" | "one" | "several";

interface KindWords {
  name: string;
  title: string;
  recipe: TaskRecipe;
  exclusive: boolean;
  component: Component;
}

export const KINDS: Record<TaskKind, KindWords> = {
  marks: {
    name: "Mark parts of texts",
    title: "Mark the labels",
    recipe: "ner.manual.v1",
    exclusive: false,
    component: "ner",
  },
  one: {
    name: "One label per text",
    title: "Choose the label",
    recipe: "textcat.manual.v1",
    exclusive: true,
    component: "textcat",
  },
  several: {
    name: "Any labels per text",
    title: "Choose the labels",
    recipe: "textcat.manual.v1",
    exclusive: false,
    component: "textcat_multilabel",
  },
};

export const KIND_CHOICES = (Object.keys(KINDS) as TaskKind[]).map((value) => ({
  value,
  label: KINDS[value].name,
}));

export const COMPONENT_CHOICES = Object.values(KINDS).map(({ component, name }) => ({
  value: component,
  label: name,
}));

export function kindOf({ recipe, exclusive }: Pick<Task, "recipe" | "exclusive">): TaskKind {
  if (recipe === KINDS.marks.recipe) return "marks";
  return exclusive ? "one" : "several";
}

/** What the answers to the newest task teach; without a task, where marks belong. */
export function componentOf(tasks: Pick<Task, "recipe" | "exclusive">[]): Component {
  const newest = tasks.at(-1);
  return KINDS[newest ? kindOf(newest) : "marks"].component;
}
