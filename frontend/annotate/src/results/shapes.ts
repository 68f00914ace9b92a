/** Shapes of `/api/evaluations/…`. Ratios from 0 to 1; offsets in code points; labels by name. */

export const KINDS = ["missed", "spurious", "boundary", "label"] as const;
export type Kind = (typeof KINDS)[number];

/** Whether a predictor says something of whole texts, and nothing of their parts. */
export function isOfWholes(component: string | null): boolean {
  return component?.startsWith("textcat") ?? false;
}

export interface Figures {
  readonly precision: number;
  readonly recall: number;
  readonly f: number;
}

export interface LabelFigures extends Figures {
  readonly label: string;
  readonly support: number;
  readonly roc_auc: number | null;
}

export interface LabelLook {
  readonly name: string;
  readonly colour: string;
}

export interface Confused {
  readonly gold: string;
  readonly predicted: string;
  readonly count: number;
}

export interface Evaluation {
  readonly id: string;
  readonly project: string;
  readonly predictor_kind: string;
  readonly predictor: string;
  readonly predictor_name: string;
  readonly component: string;
  readonly dataset_name: string;
  readonly evaluation_examples: number;
  readonly training_examples: number;
  readonly words_per_second: number;
  readonly at: string;
  readonly overall: Figures & { readonly support: number };
  readonly low: number | null;
  readonly high: number | null;
  readonly macro: Figures;
  readonly per_label: readonly LabelFigures[];
  readonly confusion: readonly Confused[];
  readonly mistakes: Readonly<Record<Kind, number>> | null;
  readonly labels: readonly LabelLook[];
}

export interface ShownMark {
  readonly start: number;
  readonly end: number;
  readonly label: string;
}

export interface ShownAnswer {
  readonly spans: readonly ShownMark[];
  readonly choices: readonly string[];
  readonly refused: readonly string[];
  readonly scores: Readonly<Record<string, number>>;
}

export interface Excerpt {
  readonly example: string;
  readonly text: string;
  readonly is_cut_before: boolean;
  readonly is_cut_after: boolean;
  readonly gold: ShownAnswer;
}

export interface Mistake {
  readonly kind: Kind;
  readonly gold: string | null;
  readonly predicted: string | null;
  readonly gold_text: string | null;
  readonly predicted_text: string | null;
}

/** The task in which the answer that counts can be edited; without one, why there is none. */
export interface AnswerPlace {
  readonly task: string | null;
  readonly is_mine: boolean;
  readonly why_not: "no_task" | "closed" | null;
}

export interface Finding extends Excerpt {
  readonly predicted: ShownAnswer;
  readonly mistakes: readonly Mistake[];
  readonly answer: AnswerPlace;
}

export interface Mistakes {
  readonly texts: number;
  readonly worst: readonly Finding[];
}

export interface Side {
  readonly id: string;
  readonly predictor_kind: string;
  readonly predictor_name: string;
  readonly f: number;
  readonly at: string;
}

export type Change = "fixed" | "broken";

export interface ShownPair extends Excerpt {
  readonly before: ShownAnswer;
  readonly after: ShownAnswer;
}

export interface Comparison {
  readonly before: Side;
  readonly after: Side;
  readonly texts: number;
  readonly changes: Readonly<Record<Change | "same", number>>;
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  readonly is_told: boolean;
  readonly shown: readonly ShownPair[];
  readonly labels: readonly LabelLook[];
}
