/** The one place that talks HTTP: session cookie, CSRF header, idempotency key, problems as errors. */
import createClient, { type Middleware } from "openapi-fetch";
import { Problem, problemOf, unreachable } from "./problem";
import type { paths } from "./schema";
import type { Page } from "./types";

const CSRF_COOKIE = /(?:^|;\s*)(?:__Host-)?annex_csrf=([^;]+)/;
const PAGE_SIZE = 200;
const PAGES_AT_MOST = 20;

/** The generated API, on this origin only. */
export const api = createClient<paths>({ credentials: "same-origin" });

const protectWrites: Middleware = {
  onRequest({ request }) {
    for (const [name, value] of Object.entries(writeHeaders(request.method))) {
      request.headers.set(name, value);
    }
    return request;
  },
};

api.use(protectWrites);

/** What a write carries: proof that this page sent it, and a key that makes repeating it harmless. */
export function writeHeaders(method: string): Record<string, string> {
  if (method === "GET") return {};
  const csrf = { "X-CSRFToken": CSRF_COOKIE.exec(document.cookie)?.[1] ?? "" };
  return method === "POST" ? { ...csrf, "Idempotency-Key": crypto.randomUUID() } : csrf;
}

interface Reply {
  data?: unknown;
  error?: unknown;
  response: Response;
}

/** The body of a reply as `Answer`.  Raises: Problem, also when no reply came. */
export async function answer<Answer>(call: Promise<Reply>): Promise<Answer> {
  const { data, error, response } = await replied(call);
  if (!response.ok) throw problemOf(response.status, error);
  return data as Answer;
}

async function replied(call: Promise<Reply>): Promise<Reply> {
  try {
    return await call;
  } catch (error) {
    throw error instanceof Problem ? error : unreachable();
  }
}

export interface Cursor {
  page_size: number;
  cursor?: string;
}

/** Follow the cursor to the end of a list that people read whole (members, labels, tasks). */
export async function everyRow<Row>(list: (query: Cursor) => Promise<Reply>): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < PAGES_AT_MOST; page += 1) {
    const query = { page_size: PAGE_SIZE, ...(cursor && { cursor }) };
    const { results, next } = await answer<Page<Row>>(list(query));
    rows.push(...results);
    cursor = cursorOf(next);
    if (!cursor) break;
  }
  return rows;
}

/** The cursor in the address of the next page; the address itself is never followed. */
export function cursorOf(next: string | null | undefined): string | undefined {
  if (!next) return undefined;
  return new URL(next, "http://console.invalid").searchParams.get("cursor") ?? undefined;
}
