/** The task endpoints of docs/architecture.md, "Worker HTTP", as one typed object. */
import type { Http } from "./http";
import type {
  AnswerBody,
  Batch,
  Comment,
  Draft,
  Example,
  HistoryEntry,
  Progress,
  SavedAnswer,
  Task,
} from "./model";

/** What became of one answer of many; `status` is what sending it alone would have answered. */
export interface BulkResult {
  readonly id: string;
  readonly status: number;
  readonly version?: number | null;
  readonly code?: string | null;
}

export class TaskApi {
  constructor(
    private readonly http: Http,
    readonly taskId: string,
  ) {}

  task(): Promise<Task> {
    return this.http.get(this.path());
  }

  batch(size: number, holding: readonly string[]): Promise<Batch> {
    return this.http.send("POST", this.path("batch"), { json: { size, holding } });
  }

  saveAnswer(id: string, answer: AnswerBody): Promise<SavedAnswer> {
    return this.http.send("PUT", this.path(`answers/${id}`), { json: answer });
  }

  saveAnswers(
    answers: readonly (AnswerBody & { readonly id: string })[],
  ): Promise<{ results: readonly BulkResult[]; progress: Progress }> {
    return this.http.send("POST", this.path("answers"), { json: { answers } });
  }

  history(
    cursor: string | null,
  ): Promise<{ results: readonly HistoryEntry[]; next: string | null }> {
    const query = cursor ? `?cursor=${encodeURIComponent(cursor)}` : "";
    return this.http.get(this.path(`history${query}`));
  }

  example(id: string): Promise<Example> {
    return this.http.get(this.path(`examples/${id}`));
  }

  comments(example: string): Promise<{ comments: readonly Comment[] }> {
    return this.http.get(this.path(`examples/${example}/comments`));
  }

  addComment(example: string, id: string, text: string): Promise<{ comments: readonly Comment[] }> {
    return this.http.send("PUT", this.path(`examples/${example}/comments/${id}`), {
      json: { text },
    });
  }

  deleteComment(example: string, id: string): Promise<null> {
    return this.http.send("DELETE", this.path(`examples/${example}/comments/${id}`));
  }

  saveDraft(example: string, draft: Draft): Promise<null> {
    return this.http.send("PUT", this.path(`drafts/${example}`), { json: draft });
  }

  extend(examples: readonly string[]): Promise<null> {
    return this.http.send("POST", this.path("extend"), { json: { examples } });
  }

  /** Give leases back while the page goes away. */
  release(examples: readonly string[]): Promise<null> {
    return this.http.send("POST", this.path("release"), { json: { examples }, keepalive: true });
  }

  private path(rest?: string): string {
    return `/api/tasks/${this.taskId}${rest ? `/${rest}` : ""}`;
  }
}
