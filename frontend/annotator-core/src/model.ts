/**
 * The shapes of annotation work, as they cross the wire (docs/architecture.md, "Worker HTTP").
 * Every offset is in Unicode code points, end excluded.
 */

export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A labelled range; `label` is the label's id. */
export interface Span extends Range {
  readonly label: string;
}

/** A labelled connection of two marks, by their positions in the list that comes with it. */
export interface Relation {
  readonly head: number;
  readonly child: number;
  readonly label: string;
}

export interface Label {
  readonly id: string;
  readonly name: string;
  readonly colour: string;
  readonly key: string;
  /** What counts as it; null or absent while nobody has written that. */
  readonly definition?: Definition | null;
}

export interface Definition {
  readonly text: string;
  readonly counts: readonly string[];
  readonly counts_not: readonly string[];
}

export type Verdict = "accept" | "reject" | "ignore";

/** What a person says about one example, before the verdict. */
export interface Annotation {
  readonly spans: readonly Span[];
  /** Labels for the whole text, by id. */
  readonly choices: readonly string[];
  /** Only where marks are connected. */
  readonly relations?: readonly Relation[];
  /** The text written in answer; absent or null where none was. */
  readonly written?: string | null;
  /** The place of the option taken, from 0. */
  readonly picked?: number | null;
  readonly flagged: boolean;
  readonly note: string;
}

/** What is not answered yet, with the suggested marks and labels that the person refused already. */
export interface Draft extends Annotation {
  readonly dismissed?: readonly Span[];
  readonly refused?: readonly string[];
}

export interface Example {
  readonly id: string;
  readonly text: string;
  readonly tokens: readonly (readonly [start: number, end: number])[];
  readonly meta: Readonly<Record<string, unknown>>;
  readonly suggestions: readonly Span[];
  /** Labels suggested for the whole text, by id. */
  readonly suggested: readonly string[];
  /** Texts to pick one from. */
  readonly options?: readonly string[];
  readonly held_back: boolean;
  /** How many comments on it this person may read. */
  readonly comments: number;
  readonly draft?: Draft | null;
  /** One's own, when the example was asked for by name or comes back. */
  readonly answer?: StoredAnswer | null;
  /** Somebody else's, which counts so far, and which this person may correct. */
  readonly corrects?: StoredAnswer | null;
  readonly look_again?: LookAgain | null;
  readonly lease_seconds?: number;
}

/** What somebody says about an example. */
export interface Comment {
  readonly id: string;
  readonly author: string;
  readonly mine: boolean;
  readonly text: string;
  readonly created_at: string;
}

/** Why an answered example comes back: marks of `labels` are now the first of `into`. By name. */
export interface LookAgain {
  readonly kind: "merge" | "split" | "delete";
  readonly labels: readonly string[];
  readonly into: readonly string[];
  readonly marks: number;
}

export interface StoredAnswer extends Annotation {
  readonly id: string;
  readonly verdict: Verdict;
  readonly version: number;
  readonly working_ms?: number;
}

export interface Progress {
  readonly mine: number;
  readonly mine_today: number;
  readonly working_seconds_today: number;
  readonly answered: number;
  readonly examples: number;
}

export interface Task {
  readonly id: string;
  readonly title: string;
  /** The project's title. */
  readonly project: string;
  readonly recipe: string;
  /** The screen: what is done with each example. */
  readonly view: "spans" | "choices" | "overlapping" | "relations" | "text" | "compare" | "mark";
  readonly state: "open" | "paused" | "closed";
  readonly labels: readonly Label[];
  /** In text classification: exactly one label is right. */
  readonly exclusive: boolean;
  /** Suggestions, and what other annotators said, are hidden from this person. */
  readonly blind: boolean;
  readonly guidelines?: { readonly version: number; readonly markdown: string } | null;
  readonly progress: Progress;
  readonly lease_seconds: number;
  readonly editable: boolean;
}

export interface Batch {
  readonly examples: readonly Example[];
  /** Examples we said we hold and that are someone else's by now. */
  readonly lost?: readonly string[];
  readonly exhausted: boolean;
  readonly retry_after_seconds?: number | null;
}

export interface HistoryEntry extends StoredAnswer {
  readonly example: string;
  readonly snippet: string;
  readonly answered_at: string;
}

/**
 * The body of one save. `base_version`: 0 for a first answer. `working_ms`: the whole time so far.
 * `corrects`: somebody else's answer, in whose place this one counts.
 */
export interface AnswerBody extends Annotation {
  readonly example: string;
  readonly verdict: Verdict;
  readonly base_version: number;
  readonly working_ms: number;
  readonly corrects?: string;
}

export interface SavedAnswer {
  readonly id: string;
  readonly version: number;
  readonly progress: Progress;
}

export function overlaps(first: Range, second: Range): boolean {
  return first.start < second.end && second.start < first.end;
}

export function sameRange(first: Range, second: Range): boolean {
  return first.start === second.start && first.end === second.end;
}

export function sameSpan(first: Span, second: Span): boolean {
  return sameRange(first, second) && first.label === second.label;
}

export function bySpanStart(first: Range, second: Range): number {
  return first.start - second.start || first.end - second.end;
}
