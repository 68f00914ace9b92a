/**
 * What the browser keeps until the worker has it: unsent answers and drafts, one record a key, per
 * person. localStorage, because it is on disk when the call returns: a reload cannot lose it.
 * Records hold offsets, label ids and the person's own words, never the text of an example.
 */
import type { AnswerBody, Draft } from "./model";

const PREFIX = "annex.work/";

export type KeyValue = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

export interface UnsentAnswer {
  /** The answer's own id, made here. */
  readonly id: string;
  readonly task: string;
  /** Rises per browser; answers are sent in this order. */
  readonly order: number;
  readonly body: AnswerBody;
}

export class Records {
  constructor(
    private readonly storage: KeyValue,
    private readonly subject: string,
  ) {}

  unsent(task: string): readonly UnsentAnswer[] {
    const found = this.read<UnsentAnswer>(this.key("unsent", task, ""));
    return found.sort((first, second) => first.order - second.order);
  }

  keepUnsent(answer: UnsentAnswer): void {
    this.storage.setItem(this.unsentKey(answer), JSON.stringify(answer));
  }

  dropUnsent(answer: UnsentAnswer): void {
    this.storage.removeItem(this.unsentKey(answer));
  }

  draft(task: string, example: string): Draft | null {
    const stored = this.storage.getItem(this.key("draft", task, example));
    return stored ? parse<Draft>(stored) : null;
  }

  keepDraft(task: string, example: string, draft: Draft): void {
    this.storage.setItem(this.key("draft", task, example), JSON.stringify(draft));
  }

  dropDraft(task: string, example: string): void {
    this.storage.removeItem(this.key("draft", task, example));
  }

  private unsentKey(answer: UnsentAnswer): string {
    return this.key(
      "unsent",
      answer.task,
      `${String(answer.order).padStart(16, "0")}-${answer.id}`,
    );
  }

  private key(kind: string, task: string, rest: string): string {
    return `${PREFIX}${this.subject}/${kind}/${task}/${rest}`;
  }

  private read<T>(prefix: string): T[] {
    return keysOf(this.storage, prefix)
      .map((key) => parse<T>(this.storage.getItem(key) ?? ""))
      .filter((value) => value !== null);
  }
}

/** How many answers of anyone still wait in this browser. */
export function countUnsent(storage: KeyValue): number {
  return keysOf(storage, PREFIX).filter((key) => key.includes("/unsent/")).length;
}

/**
 * Somebody else signed in here: what others wrote goes, drafts and notes. Their unsent answers of
 * marks alone stay for them; those hold offsets and label ids, and no words.
 */
export function forgetWordsOfOthers(storage: KeyValue, subject: string): void {
  for (const key of keysOf(storage, PREFIX)) {
    const isOwn = key.startsWith(`${PREFIX}${subject}/`);
    const unsent = parse<UnsentAnswer>(storage.getItem(key) ?? "");
    const isWordless = key.includes("/unsent/") && unsent?.body.note === "" && !unsent.body.written;
    if (!isOwn && !isWordless) storage.removeItem(key);
  }
}

function keysOf(storage: KeyValue, prefix: string): string[] {
  const keys = Array.from({ length: storage.length }, (_, at) => storage.key(at) ?? "");
  return keys.filter((key) => key.startsWith(prefix)).sort();
}

function parse<T>(stored: string): T | null {
  try {
    return JSON.parse(stored) as T;
  } catch {
    return null;
  }
}
