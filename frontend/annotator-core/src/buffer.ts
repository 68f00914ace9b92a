/** Keeps the next examples in the browser, so that the one after a save is already there. */
import type { TaskApi } from "./api";
import type { Example } from "./model";

export interface BufferOptions {
  readonly size?: number;
  readonly refillAt?: number;
}

export type Supply =
  | { readonly kind: "ready" }
  | { readonly kind: "exhausted" }
  | { readonly kind: "empty"; readonly retryAfterSeconds: number };

const RETRY_SECONDS = 10;

export class ExampleBuffer {
  private waiting: Example[] = [];
  private fetching: Promise<Supply> | null = null;
  private readonly size: number;
  private readonly refillAt: number;

  constructor(
    private readonly api: TaskApi,
    options: BufferOptions = {},
  ) {
    this.size = options.size ?? 10;
    this.refillAt = options.refillAt ?? 4;
  }

  get length(): number {
    return this.waiting.length;
  }

  ids(): readonly string[] {
    return this.waiting.map((example) => example.id);
  }

  take(): Example | null {
    return this.waiting.shift() ?? null;
  }

  /** Put an example back in front, as it was left. */
  putBack(example: Example): void {
    this.waiting.unshift(example);
  }

  drop(id: string): void {
    this.waiting = this.waiting.filter((example) => example.id !== id);
  }

  needsRefill(): boolean {
    return this.waiting.length <= this.refillAt;
  }

  /** Fetch what is missing. One request at a time; `holding` is what the page has besides the buffer. */
  refill(holding: readonly string[]): Promise<Supply> {
    this.fetching ??= this.fetch(holding).finally(() => {
      this.fetching = null;
    });
    return this.fetching;
  }

  private async fetch(holding: readonly string[]): Promise<Supply> {
    const held = [...new Set([...holding, ...this.ids()])];
    const size = Math.max(1, this.size - this.waiting.length);
    const batch = await this.api.batch(size, held);
    for (const id of batch.lost ?? []) this.drop(id);
    const known = new Set([...held, ...this.ids()]);
    this.waiting.push(...batch.examples.filter((example) => !known.has(example.id)));
    if (this.waiting.length > 0) return { kind: "ready" };
    if (batch.exhausted) return { kind: "exhausted" };
    return { kind: "empty", retryAfterSeconds: batch.retry_after_seconds ?? RETRY_SECONDS };
  }
}
