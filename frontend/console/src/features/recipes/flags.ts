/** The flags that spell a recipe's arguments: the same as `annex.recipes.flags` makes of them. */
import type { Json, Values } from "./drafts";

/** `--limits.0.low=1`; a shared file of cases holds both to the same words. */
export function flagsFor(values: Values): string[] {
  return leavesOf(values).flatMap(([path, value]) => spell(path, value));
}

/** Each value that is not made of others, with the names that lead to it. */
export function leavesOf(values: Values): Leaf[] {
  return leaves(values, []);
}

type Leaf = [path: string[], value: Json];

function leaves(value: Json, path: string[]): Leaf[] {
  if (Array.isArray(value)) {
    if (value.length === 0) return [[path, value]];
    if (value.every(isWord)) return value.map((each): Leaf => [path, each]);
    return value.flatMap((each, index) => leaves(each, [...path, String(index)]));
  }
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([name, each]) => leaves(each, [...path, name]));
  }
  return [[path, value]];
}

/** The word for a list without items. */
const EMPTY = "[]";

function isWord(value: Json): boolean {
  return (typeof value === "string" && value !== EMPTY) || typeof value === "number";
}

function spell(path: string[], value: Json): string[] {
  const parts = path.map((part) => part.replaceAll("_", "-"));
  const last = parts.pop() ?? "";
  if (value === null) return [`--${[...parts, `no-${last}`].join(".")}`];
  const flag = `--${[...parts, last].join(".")}`;
  if (Array.isArray(value)) return [`${flag}=${EMPTY}`];
  return value === true ? [flag] : [`${flag}=${String(value)}`];
}
