/** Keeps the bench supplied: fetches, waits and tries again, and says why nothing comes. */
import type { TaskApi } from "./api";
import type { ExampleBuffer, Supply } from "./buffer";
import { RefusedError, SignedOutError, UnreachableError } from "./http";
import type { WorkbenchState } from "./phase";
import type { Store } from "./store";

const RETRY_SECONDS = 5;

/** The bench that is supplied. */
export interface Supplied {
  /** What the worker must not hand out to us again. */
  holding(): readonly string[];
  showNext(): void;
}

export class SupplyLine {
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly api: TaskApi,
    private readonly buffer: ExampleBuffer,
    private readonly state: Store<WorkbenchState>,
    private readonly bench: Supplied,
    private readonly retrySeconds: number = RETRY_SECONDS,
  ) {}

  /** Fetch, then show the next example or why there is none. */
  async advance(): Promise<void> {
    const supply = await this.refill();
    if (!supply || this.state.get().hand) return;
    if (supply.kind === "ready") this.bench.showNext();
    else await this.explainEmptiness(supply);
  }

  async refill(): Promise<Supply | null> {
    try {
      return await this.buffer.refill(this.bench.holding());
    } catch (error) {
      this.fail(error, () => this.advance());
      return null;
    }
  }

  /** With an example in hand a failure only waits; without one the person must see it. */
  fail(error: unknown, again: () => Promise<void>): void {
    if (error instanceof SignedOutError) {
      this.state.patch({ signedOut: true });
    } else if (error instanceof UnreachableError) {
      this.wait("unreachable", error.retryAfterSeconds ?? this.retrySeconds, again);
    } else if (error instanceof RefusedError) {
      const { problem } = error;
      if (!this.state.get().hand) this.state.patch({ phase: { kind: "failed", problem } });
    } else {
      throw error;
    }
  }

  /** Forget the next try. */
  stop(): void {
    clearTimeout(this.timer);
  }

  /** Nothing came: because the task is paused or closed, all is answered, or others hold the rest. */
  private async explainEmptiness(supply: Exclude<Supply, { kind: "ready" }>): Promise<void> {
    try {
      const task = await this.api.task();
      this.state.patch({ task });
      if (task.state === "paused" || task.state === "closed") {
        this.state.patch({ phase: { kind: task.state } });
      } else if (supply.kind === "exhausted") {
        this.state.patch({ phase: { kind: "done" } });
      } else {
        this.wait("empty", supply.retryAfterSeconds, () => this.advance());
      }
    } catch (error) {
      this.fail(error, () => this.advance());
    }
  }

  private wait(kind: "empty" | "unreachable", seconds: number, again: () => Promise<void>): void {
    this.stop();
    this.timer = setTimeout(() => void again(), seconds * 1000);
    if (this.state.get().hand) return;
    this.state.patch({ phase: { kind, retryAt: Date.now() + seconds * 1000 } });
  }
}
