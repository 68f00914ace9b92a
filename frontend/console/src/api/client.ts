/** The one place that talks HTTP: session cookie, CSRF header, idempotency key, problems as errors. */
import { problemOf, unreachable } from "./problem";
import type { Page } from "./types";

const CSRF_COOKIE = /(?:^|;\s*)(?:__Host-)?annex_csrf=([^;]+)/;
const PAGES_AT_MOST = 20;

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** Send one request.  Raises: Problem, also when no answer came. */
export async function request<Answer>(
  method: Method,
  path: string,
  body?: unknown,
): Promise<Answer> {
  const response = await send(method, path, body);
  const answer: unknown = response.status === 204 ? null : await readJson(response);
  if (!response.ok) throw problemOf(response.status, answer);
  return answer as Answer;
}

export const get = <Answer>(path: string) => request<Answer>("GET", path);
export const post = <Answer>(path: string, body: unknown = {}) =>
  request<Answer>("POST", path, body);
export const put = <Answer>(path: string, body: unknown) => request<Answer>("PUT", path, body);
export const patch = <Answer>(path: string, body: unknown) => request<Answer>("PATCH", path, body);
export const remove = (path: string) => request<null>("DELETE", path);

/** Follow the cursor to the end of a list that people read whole (members, labels, tasks). */
export async function getAll<Row>(path: string): Promise<Row[]> {
  const rows: Row[] = [];
  let next: string | null = path;
  for (let page = 0; next && page < PAGES_AT_MOST; page += 1) {
    const answer: Page<Row> = await get<Page<Row>>(next);
    rows.push(...answer.results);
    next = answer.next && sameOriginPath(answer.next);
  }
  return rows;
}

/** Path and query of a link the API gave, so that a request never leaves this origin. */
export function sameOriginPath(link: string): string {
  const url = new URL(link, "http://console.invalid");
  return url.pathname + url.search;
}

/** `/api/v1/organizations/<org>/…` with each part escaped. */
export function organizationPath(organization: string, ...parts: string[]): string {
  return ["/api/v1/organizations", organization, ...parts].map(escapePart).join("/");
}

function escapePart(part: string, index: number): string {
  return index === 0 ? part : encodeURIComponent(part);
}

export async function send(method: Method, path: string, body?: unknown): Promise<Response> {
  try {
    return await fetch(path, {
      method,
      credentials: "same-origin",
      headers: headersFor(method, body),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw unreachable();
  }
}

function headersFor(method: Method, body: unknown): Record<string, string> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (method !== "GET") headers["X-CSRFToken"] = csrfToken();
  if (method === "POST") headers["Idempotency-Key"] = crypto.randomUUID();
  return headers;
}

function csrfToken(): string {
  return CSRF_COOKIE.exec(document.cookie)?.[1] ?? "";
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}
