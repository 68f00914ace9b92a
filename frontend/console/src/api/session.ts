/** Sign-in and sign-out through django-allauth's headless API (browser client). */
import { writeHeaders } from "./client";
import { Problem, problemOf, unreachable } from "./problem";

const AUTH = "/_allauth/browser/v1/auth";

interface AllauthError {
  message: string;
  param?: string;
}

interface AllauthAnswer {
  errors?: AllauthError[];
}

export interface Credentials {
  email: string;
  password: string;
}

/** Ask for the session once, which also sets the CSRF cookie.  Returns: whether someone is signed in. */
export async function openSession(): Promise<boolean> {
  const response = await send("GET", `${AUTH}/session`);
  return response.ok;
}

/** Sign in; the session cookie comes with the answer.  Raises: Problem with the fields at fault. */
export async function signIn(credentials: Credentials): Promise<void> {
  await openSession();
  const response = await send("POST", `${AUTH}/login`, credentials);
  const alreadySignedIn = response.status === 409;
  if (!response.ok && !alreadySignedIn) throw signInProblem(response.status, await body(response));
}

/** Sign out; allauth answers 401 because nobody is signed in any more. */
export async function signOut(): Promise<void> {
  const response = await send("DELETE", `${AUTH}/session`);
  if (!response.ok && response.status !== 401) throw problemOf(response.status, null);
}

/** Have a link mailed that lets the owner of an address choose a new password. */
export async function requestPasswordReset(email: string): Promise<void> {
  await openSession();
  const response = await send("POST", `${AUTH}/password/request`, { email });
  if (!response.ok) throw signInProblem(response.status, await body(response));
}

/** Choose a new password with a mailed link's key; allauth answers 401: nobody is signed in by it. */
export async function resetPassword(key: string, password: string): Promise<void> {
  await openSession();
  const response = await send("POST", `${AUTH}/password/reset`, { key, password });
  if (response.ok || response.status === 401) return;
  throw signInProblem(response.status, await body(response));
}

/** Turn allauth's error list into a problem; errors without a field belong to the whole form. */
export function signInProblem(status: number, answer: AllauthAnswer | null): Problem {
  const errors = answer?.errors ?? [];
  if (errors.length === 0) return problemOf(status, answer);
  return new Problem(status, {
    code: "session.refused",
    title: errors.find((error) => !error.param)?.message ?? "That did not sign you in.",
    what_to_do: "Check the e-mail address and the password, then try again.",
    errors: errors.flatMap(({ param, message }) => (param ? [{ field: param, message }] : [])),
  });
}

async function send(method: string, path: string, content?: unknown): Promise<Response> {
  const headers = { "Content-Type": "application/json", ...writeHeaders(method) };
  const body = content === undefined ? {} : { body: JSON.stringify(content) };
  try {
    return await fetch(path, { method, credentials: "same-origin", headers, ...body });
  } catch {
    throw unreachable();
  }
}

async function body(response: Response): Promise<AllauthAnswer | null> {
  try {
    return (await response.json()) as AllauthAnswer;
  } catch {
    return null;
  }
}
