/** What a workbench shows: the phase, the example in hand, the answers of this visit. */
import type { WorkingClock } from "./clock";
import type { Editor } from "./editor";
import type { Problem } from "./http";
import type { Draft, Example, Task, Verdict } from "./model";
import type { Patience } from "./patience";

export type Phase =
  | { readonly kind: "loading" }
  | { readonly kind: "annotating" }
  | { readonly kind: "done" }
  | { readonly kind: "paused" }
  | { readonly kind: "closed" }
  | { readonly kind: "empty"; readonly retryAt: number }
  | { readonly kind: "unreachable"; readonly retryAt: number }
  | { readonly kind: "failed"; readonly problem: Problem };

/** An answer of this visit, newest last; enough to open it again without asking the worker. */
export interface Submitted {
  readonly id: string;
  readonly example: Example;
  readonly left: Draft;
  readonly verdict: Verdict;
  readonly workedMs: number;
}

/** The example in hand and the answer it will get. */
export interface InHand {
  readonly answerId: string;
  readonly baseVersion: number;
  readonly editor: Editor;
  /** The verdict it has already, when it was opened again. */
  readonly verdict: Verdict | null;
  /** Time that went into earlier versions of this answer. */
  readonly workedMs: number;
}

export interface WorkbenchState {
  readonly phase: Phase;
  readonly task: Task | null;
  readonly hand: InHand | null;
  readonly submitted: readonly Submitted[];
  readonly signedOut: boolean;
}

export interface WorkbenchOptions {
  readonly newId?: () => string;
  readonly clock?: WorkingClock;
  readonly retrySeconds?: number;
  readonly buffer?: { readonly size?: number; readonly refillAt?: number };
  readonly draftDelayMs?: number;
  readonly patience?: Patience;
}
