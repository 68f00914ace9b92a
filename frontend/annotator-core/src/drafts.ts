/** Drafts: on this browser's disk at once, at the worker a moment later (which also extends the lease). */
import type { TaskApi } from "./api";
import { SignedOutError } from "./http";
import type { Draft } from "./model";
import type { Records } from "./records";

export class DraftKeeper {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private pending: { readonly example: string; readonly draft: Draft } | null = null;

  constructor(
    private readonly api: TaskApi,
    private readonly records: Records,
    private readonly onSignedOut: () => void,
    private readonly delayMs: number = 1500,
  ) {}

  /** What is kept of an example in this browser. */
  kept(example: string): Draft | null {
    return this.records.draft(this.api.taskId, example);
  }

  /** A change of an answer given already: the worker keeps drafts only of what is still to answer. */
  keepHere(example: string, draft: Draft): void {
    this.records.keepDraft(this.api.taskId, example, draft);
  }

  keep(example: string, draft: Draft): void {
    this.keepHere(example, draft);
    this.pending = { example, draft };
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), this.delayMs);
  }

  /** The example is answered, or its answer stays as it was: the draft has no meaning any more. */
  drop(example: string): void {
    this.records.dropDraft(this.api.taskId, example);
    if (this.pending?.example === example) this.pending = null;
  }

  /**
   * A draft that does not reach the worker is still on this disk; the next change sends it again.
   * It is often the first to hear that the session has ended, while the example is still in hand.
   */
  flush(): void {
    clearTimeout(this.timer);
    const { pending } = this;
    this.pending = null;
    if (!pending) return;
    this.api.saveDraft(pending.example, pending.draft).catch((error) => {
      if (error instanceof SignedOutError) this.onSignedOut();
    });
  }
}
