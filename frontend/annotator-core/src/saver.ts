/**
 * Saves answers in the background. An answer is on disk before `save` returns and leaves the disk
 * only when the worker has acknowledged or refused it; sending one twice changes nothing, because
 * its id was made here. Edits of one answer are sent one after another, each on the version before it.
 */
import type { TaskApi } from "./api";
import { RefusedError, SignedOutError, UnreachableError } from "./http";
import type { AnswerBody, Progress, StoredAnswer } from "./model";
import type { Records, UnsentAnswer } from "./records";
import { Store } from "./store";

export type SaveState =
  | { readonly kind: "saved" }
  | { readonly kind: "saving"; readonly unsent: number }
  | { readonly kind: "offline"; readonly unsent: number; readonly retryAt: number }
  | { readonly kind: "signed-out"; readonly unsent: number };

/**
 * Two versions of one answer: ours, refused, and the one that was saved elsewhere meanwhile. Their
 * ids differ when two windows of one person each began an answer to the same example.
 */
export interface Conflict {
  readonly unsent: UnsentAnswer;
  readonly theirs: StoredAnswer | null;
}

/** An answer the worker will not take, and why. */
export interface Refusal {
  readonly unsent: UnsentAnswer;
  readonly code: string;
  readonly title: string;
  /** What was wrong this time; in the words of the task's recipe where that refused it. */
  readonly detail: string;
}

export interface SaverState {
  readonly saving: SaveState;
  readonly conflicts: readonly Conflict[];
  readonly refusals: readonly Refusal[];
}

export interface SaverOptions {
  readonly baseDelayMs?: number;
  readonly maxDelayMs?: number;
  readonly random?: () => number;
  readonly onProgress?: (progress: Progress) => void;
  readonly onSaved?: (answer: string, version: number) => void;
}

const BULK = 100;

export class Saver {
  readonly state: Store<SaverState>;
  private readonly versions = new Map<string, number>();
  /** Ids made here, and the ones that the worker knows these answers by. */
  private readonly storedAs = new Map<string, string>();
  private order = 0;
  private failures = 0;
  private sending = false;
  private stopped = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly api: TaskApi,
    private readonly records: Records,
    private readonly options: SaverOptions = {},
  ) {
    this.state = new Store<SaverState>({ saving: { kind: "saved" }, conflicts: [], refusals: [] });
  }

  /** Take an answer; it is on disk when this returns. */
  save(madeHere: string, body: AnswerBody): void {
    this.order = Math.max(this.order + 1, Date.now());
    const id = this.storedId(madeHere);
    this.records.keepUnsent({ id, task: this.api.taskId, order: this.order, body });
    this.report();
    void this.flush();
  }

  /** Send what waits, now: after a reload, when the line is back, when someone signed in again. */
  async flush(): Promise<void> {
    if (this.sending || this.stopped) return;
    this.sending = true;
    clearTimeout(this.timer);
    try {
      await this.sendAll();
      this.failures = 0;
      this.report();
    } catch (error) {
      this.waitAfter(error);
    } finally {
      this.sending = false;
    }
  }

  unsent(): readonly UnsentAnswer[] {
    return this.records.unsent(this.api.taskId).filter((answer) => !this.isSetAside(answer));
  }

  /** The version the worker gave an answer in this visit. */
  versionOf(id: string): number | null {
    return this.versions.get(this.storedId(id)) ?? null;
  }

  /** Our version wins: save it again on top of theirs, under the id the worker has for it. */
  keepOurs(conflict: Conflict): void {
    const { unsent, theirs } = conflict;
    this.forget(conflict);
    this.save(unsent.id, { ...unsent.body, base_version: theirs?.version ?? 0 });
  }

  /** Their version stays; ours is dropped. */
  keepTheirs(conflict: Conflict): void {
    this.forget(conflict);
    if (conflict.theirs) this.versions.set(conflict.theirs.id, conflict.theirs.version);
  }

  dropRefusal(refusal: Refusal): void {
    this.records.dropUnsent(refusal.unsent);
    const refusals = this.state.get().refusals.filter((other) => other !== refusal);
    this.state.patch({ refusals });
    this.report();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private async sendAll(): Promise<void> {
    for (let next = this.nextToSend(); next.length > 0; next = this.nextToSend()) {
      this.report();
      if (next.length === 1) await this.sendOne(next[0] as UnsentAnswer);
      else await this.sendMany(next);
    }
  }

  /** The oldest unsent state of each answer. */
  private nextToSend(): readonly UnsentAnswer[] {
    const first = new Map<string, UnsentAnswer>();
    for (const answer of this.unsent()) {
      if (!first.has(answer.id)) first.set(answer.id, answer);
    }
    return [...first.values()].slice(0, BULK);
  }

  private async sendOne(unsent: UnsentAnswer): Promise<void> {
    try {
      const saved = await this.api.saveAnswer(unsent.id, this.bodyOf(unsent));
      this.acknowledge(unsent, saved.version);
      this.options.onProgress?.(saved.progress);
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      this.setAside(unsent, error);
    }
  }

  /** After a dead network many wait: send them together, then settle the refused ones one by one. */
  private async sendMany(many: readonly UnsentAnswer[]): Promise<void> {
    const sent = await this.sendTogether(many);
    const taken = sent?.results.filter((result) => result.status < 300) ?? [];
    const versions = new Map(taken.map((result) => [result.id, result.version]));
    for (const unsent of many) {
      const version = versions.get(unsent.id);
      if (typeof version !== "number") await this.sendOne(unsent);
      else this.acknowledge(unsent, version);
    }
    if (sent) this.options.onProgress?.(sent.progress);
  }

  /** Null when the worker refuses them as a whole, as when the task is gone. */
  private async sendTogether(many: readonly UnsentAnswer[]) {
    const answers = many.map((unsent) => ({ id: unsent.id, ...this.bodyOf(unsent) }));
    try {
      return await this.api.saveAnswers(answers);
    } catch (error) {
      if (error instanceof RefusedError) return null;
      throw error;
    }
  }

  /** An edit made before its first version was acknowledged learns the version only now. */
  private bodyOf(unsent: UnsentAnswer): AnswerBody {
    const known = this.versions.get(unsent.id) ?? 0;
    return { ...unsent.body, base_version: Math.max(known, unsent.body.base_version) };
  }

  private acknowledge(unsent: UnsentAnswer, version: number): void {
    this.versions.set(unsent.id, version);
    this.records.dropUnsent(unsent);
    this.options.onSaved?.(unsent.id, version);
    this.report();
  }

  private setAside(unsent: UnsentAnswer, error: RefusedError): void {
    const { code, title, detail = title } = error.problem;
    const { conflicts, refusals } = this.state.get();
    if (code === "answer.conflict") {
      const theirs = (error.problem.theirs as StoredAnswer | undefined) ?? null;
      const newest = this.waiting(unsent).at(-1) ?? unsent;
      this.state.patch({ conflicts: [...conflicts, { unsent: newest, theirs }] });
    } else {
      this.state.patch({ refusals: [...refusals, { unsent, code, title, detail }] });
    }
  }

  private isSetAside(answer: UnsentAnswer): boolean {
    const { conflicts, refusals } = this.state.get();
    return [...conflicts, ...refusals].some((one) => one.unsent.id === answer.id);
  }

  /** Every unsent state of one answer, oldest first. */
  private waiting({ id }: UnsentAnswer): readonly UnsentAnswer[] {
    return this.records.unsent(this.api.taskId).filter((answer) => answer.id === id);
  }

  private storedId(madeHere: string): string {
    return this.storedAs.get(madeHere) ?? madeHere;
  }

  private forget(conflict: Conflict): void {
    const { unsent, theirs } = conflict;
    for (const answer of this.waiting(unsent)) this.records.dropUnsent(answer);
    if (theirs && theirs.id !== unsent.id) this.storedAs.set(unsent.id, theirs.id);
    const conflicts = this.state.get().conflicts.filter((other) => other !== conflict);
    this.state.patch({ conflicts });
    this.report();
  }

  private waitAfter(error: unknown): void {
    const unsent = this.unsent().length;
    if (error instanceof SignedOutError) {
      this.state.patch({ saving: { kind: "signed-out", unsent } });
      return;
    }
    if (!(error instanceof UnreachableError)) throw error;
    const delay = this.delayMs(error.retryAfterSeconds);
    this.state.patch({ saving: { kind: "offline", unsent, retryAt: Date.now() + delay } });
    if (!this.stopped) this.timer = setTimeout(() => void this.flush(), delay);
  }

  /** Full jitter, so that a room of annotators does not come back in one wave. */
  private delayMs(retryAfterSeconds: number | null): number {
    const { baseDelayMs = 1000, maxDelayMs = 30_000, random = Math.random } = this.options;
    const ceiling = Math.min(maxDelayMs, baseDelayMs * 2 ** this.failures++);
    const jittered = baseDelayMs / 2 + random() * ceiling;
    return retryAfterSeconds === null ? jittered : Math.max(jittered, retryAfterSeconds * 1000);
  }

  private report(): void {
    const unsent = this.unsent().length;
    const { saving } = this.state.get();
    if (
      unsent > 0 &&
      (saving.kind === "offline" || saving.kind === "signed-out") &&
      !this.sending
    ) {
      this.state.patch({ saving: { ...saving, unsent } });
    } else {
      this.state.patch({ saving: unsent === 0 ? { kind: "saved" } : { kind: "saving", unsent } });
    }
  }
}
