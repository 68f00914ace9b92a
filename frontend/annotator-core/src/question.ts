/** What a task asks about each example. */
import type { Task } from "./model";

export type Question =
  /** Mark parts of the text; `overlap`: they may share text; `relate`: they are connected too. */
  | { readonly kind: "marks"; readonly overlap: boolean; readonly relate: boolean }
  /** Choose the one label that is right; choosing answers. */
  | { readonly kind: "one" }
  /** Choose any number of labels. */
  | { readonly kind: "any" }
  /** Does this label fit? Accept says yes, reject says no. */
  | { readonly kind: "yes-no"; readonly label: string }
  /** Write a text in answer. */
  | { readonly kind: "text" }
  /** Pick one of the example's options; picking answers. */
  | { readonly kind: "pick" }
  /** Accept or reject what is shown, as it stands. */
  | { readonly kind: "verdict" };

export const MARKS: Question = { kind: "marks", overlap: false, relate: false };

/** May marks share text? */
export function mayOverlap(question: Question): boolean {
  return question.kind === "marks" && question.overlap;
}

/** Are marks connected? */
export function relates(question: Question): boolean {
  return question.kind === "marks" && question.relate;
}

/** Questions that are answered without a label: their tasks may have none, and no label has a key. */
const WITHOUT_LABELS: Partial<Record<Task["view"], Question>> = {
  text: { kind: "text" },
  compare: { kind: "pick" },
  mark: { kind: "verdict" },
};

export function takesLabels({ view }: Pick<Task, "view">): boolean {
  return WITHOUT_LABELS[view] === undefined;
}

export function questionOf({ view, exclusive, labels }: Task): Question {
  const plain = WITHOUT_LABELS[view];
  if (plain) return plain;
  if (view !== "choices") {
    const relate = view === "relations";
    return { kind: "marks", overlap: relate || view === "overlapping", relate };
  }
  const [only] = labels;
  if (only && labels.length === 1) return { kind: "yes-no", label: only.id };
  return { kind: exclusive ? "one" : "any" };
}
