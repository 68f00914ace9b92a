/** A real HTTP server that keeps the promises of the task endpoints, and breaks them on request. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Http, type KeyValue, TaskApi } from "../src";
import type { AnswerBody, Example, StoredAnswer, Task } from "../src/model";

export const TASK = "7b1f";
type Answers = Map<string, StoredAnswer & { example: string; saves: number }>;
type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => boolean;

export class WorkerServer {
  readonly answers: Answers = new Map();
  readonly requests: string[] = [];
  readonly drafts = new Map<string, unknown>();
  examples: Example[] = [];
  taskState = "open";
  /** What the task asks: overrides of its description. */
  asks: Partial<Task> = {};
  private readonly given = new Set<string>();
  /** Tried before the normal answer; returns true when it has answered. */
  fault: Handler | null = null;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<WorkerServer> {
    const server = createServer();
    const worker = new WorkerServer(server);
    server.on("request", (request, response) => void worker.handle(request, response));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return worker;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  api(http = new Http(this.origin)): TaskApi {
    return new TaskApi(http, TASK);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Forget who holds what, as when leases run out. */
  releaseAll(): void {
    this.given.clear();
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    const path = (request.url ?? "").replace(`/api/tasks/${TASK}`, "");
    this.requests.push(`${request.method} ${path}`);
    if (this.fault?.(request, response, body)) return;
    this.route(request.method ?? "", path, body ? JSON.parse(body) : null, response);
  }

  // biome-ignore lint/suspicious/noExplicitAny: parsed JSON of a test
  private route(method: string, path: string, body: any, response: ServerResponse): void {
    const [, noun, id] = path.split("/");
    if (method === "GET" && path === "") answer(response, 200, this.task());
    else if (noun === "batch") answer(response, 200, this.batch(body.size, body.holding));
    else if (method === "PUT" && noun === "answers" && id) this.put(id, body, response);
    else if (noun === "examples" && id) answer(response, 200, this.example(id));
    else if (noun === "answers") this.bulk(body.answers, response);
    else if (noun === "drafts" && id && this.answerTo(id))
      answer(response, 409, { code: "lease.lost", title: "not held" });
    else {
      if (noun === "drafts" && id) this.drafts.set(id, body);
      response.writeHead(204).end();
    }
  }

  private example(id: string) {
    const stored = this.answerTo(id) ?? null;
    return { ...this.examples.find((one) => one.id === id), answer: stored };
  }

  /** One person has one answer to an example, whatever id it came under. */
  private answerTo(example: string) {
    return [...this.answers.values()].find((one) => one.example === example);
  }

  private task() {
    const label = { id: "l1", name: "FIELD", colour: "#2f7be5", key: "1" };
    return {
      id: TASK,
      title: "Find names",
      project: "p",
      recipe: "ner.manual.v1",
      view: "spans",
      state: this.taskState,
      labels: [label, { ...label, id: "l2", name: "VALUE", key: "2" }],
      progress: this.progress(),
      exclusive: false,
      blind: false,
      lease_seconds: 900,
      editable: false,
      ...this.asks,
    };
  }

  private progress() {
    const mine = this.answers.size;
    return {
      mine,
      mine_today: mine,
      working_seconds_today: 0,
      answered: mine,
      examples: this.examples.length,
    };
  }

  private batch(size: number, holding: string[]) {
    for (const id of holding) this.given.add(id);
    const answered = new Set([...this.answers.values()].map((one) => one.example));
    if (this.taskState !== "open") return { examples: [], exhausted: false };
    const open = this.examples.filter((one) => !answered.has(one.id) && !this.given.has(one.id));
    const examples = open.slice(0, size);
    for (const example of examples) this.given.add(example.id);
    return { examples, exhausted: open.length === 0 };
  }

  private put(id: string, body: AnswerBody, response: ServerResponse): void {
    const result = this.save(id, body);
    if (result.status === 409) {
      const theirs = this.answerTo(body.example);
      answer(response, 409, { code: "answer.conflict", title: "changed", yours: body, theirs });
    } else {
      answer(response, result.status, { id, version: result.version, progress: this.progress() });
    }
  }

  private bulk(answers: (AnswerBody & { id: string })[], response: ServerResponse): void {
    const results = answers.map((one) => {
      const { status, version } = this.save(one.id, one);
      return status === 409
        ? { id: one.id, status, version, code: "answer.conflict" }
        : { id: one.id, status, version };
    });
    answer(response, 200, { results, progress: this.progress() });
  }

  private save(id: string, body: AnswerBody): { status: number; version: number } {
    const { verdict, spans, choices, flagged, note, example } = body;
    const stored = this.answerTo(example);
    const content = JSON.stringify([verdict, spans, choices, flagged, note]);
    if (!stored) {
      this.answers.set(id, { ...body, id, version: 1, saves: 1 });
      return { status: 201, version: 1 };
    }
    const same =
      JSON.stringify([
        stored.verdict,
        stored.spans,
        stored.choices,
        stored.flagged,
        stored.note,
      ]) === content;
    if (stored.id !== id) return { status: 409, version: stored.version };
    if (same) return { status: 200, version: stored.version };
    if (stored.version !== body.base_version) return { status: 409, version: stored.version };
    const next = { ...stored, verdict, spans, choices, flagged, note, version: stored.version + 1 };
    this.answers.set(id, { ...next, saves: stored.saves + 1 });
    return { status: 200, version: next.version };
  }
}

export function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
}

/** Storage as a browser has it. */
export function memoryStorage(): KeyValue {
  const values = new Map<string, string>();
  return {
    get length() {
      return values.size;
    },
    key: (at) => [...values.keys()][at] ?? null,
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
  };
}

export function exampleOf(
  id: string,
  text: string,
  suggestions: Example["suggestions"] = [],
): Example {
  const tokens = tokensOf(text);
  return { id, text, tokens, meta: {}, suggestions, suggested: [], held_back: false, comments: 0 };
}

/** Tokens at white space, in code points. */
export function tokensOf(text: string): (readonly [number, number])[] {
  const found = [...text.matchAll(/\S+/gu)];
  return found.map((match) => {
    const start = [...text.slice(0, match.index)].length;
    return [start, start + [...match[0]].length];
  });
}

/** Wait until something holds, at most two seconds. */
export async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + 2000;
  while (!holds()) {
    if (Date.now() > end) throw new Error("waited two seconds in vain");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
