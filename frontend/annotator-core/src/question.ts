/** What a task asks about each example. */
import type { Task } from "./model";

export type Question =
  /** Mark parts of the text. */
  | { readonly kind: "marks" }
  /** Choose the one label that is right; choosing answers. */
  | { readonly kind: "one" }
  /** Choose any number of labels. */
  | { readonly kind: "any" }
  /** Does this label fit? Accept says yes, reject says no. */
  | { readonly kind: "yes-no"; readonly label: string };

export const MARKS: Question = { kind: "marks" };

export function questionOf({ view, exclusive, labels }: Task): Question {
  if (view !== "choices") return MARKS;
  const [only] = labels;
  if (only && labels.length === 1) return { kind: "yes-no", label: only.id };
  return { kind: exclusive ? "one" : "any" };
}
