/** Talking to the worker on our own origin: JSON in and out, every failure one of three kinds. */

/** A problem document (RFC 9457) as the worker writes it. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail?: string;
  readonly what_to_do?: string;
  readonly errors?: readonly {
    readonly field: string;
    readonly line?: string;
    readonly message: string;
  }[];
  readonly [extra: string]: unknown;
}

/** The worker understood and refused; sending the same again will not help. */
export class RefusedError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.code);
    this.name = "RefusedError";
  }
}

/** No session, or none any more: sign in, then try again. */
export class SignedOutError extends Error {
  constructor(readonly loginUrl: string | null) {
    super("session.missing");
    this.name = "SignedOutError";
  }
}

/** The session is somebody else's by now: under it nothing of this page may be sent. */
export class OtherPersonError extends SignedOutError {
  constructor() {
    super(null);
    this.name = "OtherPersonError";
  }
}

/** No usable answer: the network is gone, or the worker is busy or restarting. Try again later. */
export class UnreachableError extends Error {
  constructor(
    readonly status: number | null,
    readonly retryAfterSeconds: number | null,
  ) {
    super("unreachable");
    this.name = "UnreachableError";
  }
}

export interface SendOptions {
  readonly json?: unknown;
  readonly body?: BodyInit;
  /** Let the request outlive the page. */
  readonly keepalive?: boolean;
  readonly timeoutSeconds?: number;
}

const TIMEOUT_SECONDS = 20;
/** Whose session answered. */
const SUBJECT_HEADER = "Annex-Subject";
const NEVER = new Promise<never>(() => undefined);
const RETRIABLE = new Set([408, 425, 429]);

/** What a page must know of the session: whose it is, and the token that goes with every write. */
export interface SessionToken {
  readonly subject: string;
  readonly csrf_token: string;
}

export class Http {
  /** Called once, when somebody else signed in: the page has to be loaded anew for them. */
  onOtherPerson: () => void = () => undefined;
  /** Sent with every write; changes when the person signs in again. */
  csrfToken = "";
  /** Whose page this is: the first session says. */
  private subject: string | null = null;
  private isOthers = false;
  private isLeaving = false;

  constructor(
    private readonly origin: string = "",
    private readonly fetcher: typeof fetch = (input, init) => fetch(input, init),
  ) {}

  get<T>(path: string): Promise<T> {
    return this.send<T>("GET", path);
  }

  /** Read the session again and write under its token. Raises: OtherPersonError; what `send` raises. */
  async session<S extends SessionToken>(): Promise<S> {
    const session = await this.sendOnce<S>("GET", "/api/session", {});
    this.subject ??= session.subject;
    this.checkPerson(session.subject);
    this.csrfToken = session.csrf_token;
    return session;
  }

  /** Raises: RefusedError, SignedOutError, UnreachableError; nothing else. */
  async send<T>(method: string, path: string, options: SendOptions = {}): Promise<T> {
    try {
      return await this.sendFresh<T>(method, path, options);
    } catch (error) {
      if (this.isLeaving && error instanceof SignedOutError) return NEVER;
      throw error;
    }
  }

  /**
   * End the session: what else of this page is under way or comes late is not told that it ended, for
   * the page is leaving. Raises: OtherPersonError, RefusedError, UnreachableError; then it goes on.
   */
  async signOut(path: string): Promise<void> {
    this.isLeaving = true;
    try {
      await this.sendFresh("POST", path, {});
    } catch (error) {
      if (error instanceof SignedOutError && !(error instanceof OtherPersonError)) return;
      this.isLeaving = false;
      throw error;
    }
  }

  private async sendFresh<T>(method: string, path: string, options: SendOptions): Promise<T> {
    if (this.isOthers) throw new OtherPersonError();
    try {
      return await this.sendOnce<T>(method, path, options);
    } catch (error) {
      if (!isStaleToken(error)) throw error;
      // The person signed in again in another tab: the session is good, only our token is old.
      await this.session();
      return this.sendOnce<T>(method, path, options);
    }
  }

  private async sendOnce<T>(method: string, path: string, options: SendOptions): Promise<T> {
    const response = await this.exchange(method, path, options);
    this.checkPerson(response.headers.get(SUBJECT_HEADER));
    const answer = await readJson(response);
    if (response.ok && answer !== undefined) return answer as T;
    throw failure(response, answer);
  }

  /** The cookie may be somebody else's by now; what it opened must not reach this page. */
  private checkPerson(answered: string | null): void {
    if (answered === null || this.subject === null || answered === this.subject) return;
    if (!this.isOthers) this.onOtherPerson();
    this.isOthers = true;
    throw new OtherPersonError();
  }

  private async exchange(method: string, path: string, options: SendOptions): Promise<Response> {
    const headers: Record<string, string> = { Accept: "application/json" };
    if (method !== "GET") headers["X-CSRF-Token"] = this.csrfToken;
    if (options.json !== undefined) headers["Content-Type"] = "application/json";
    const body = options.json === undefined ? options.body : JSON.stringify(options.json);
    try {
      return await this.fetcher(this.origin + path, {
        method,
        headers,
        credentials: "same-origin",
        keepalive: options.keepalive ?? false,
        signal: AbortSignal.timeout((options.timeoutSeconds ?? TIMEOUT_SECONDS) * 1000),
        ...(body === undefined ? {} : { body }),
      });
    } catch {
      throw new UnreachableError(null, null);
    }
  }
}

/** The body as JSON; null for an empty one; undefined when it is not ours (a proxy's page, a cut line). */
async function readJson(response: Response): Promise<unknown> {
  if (response.status === 204) return null;
  if (!/\bjson\b/.test(response.headers.get("Content-Type") ?? "")) return undefined;
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

function failure(response: Response, answer: unknown): Error {
  const { status } = response;
  const problem = isRecord(answer) ? answer : null;
  if (status === 401) return new SignedOutError(text(problem?.login_url));
  if (!problem || status >= 500 || RETRIABLE.has(status)) {
    return new UnreachableError(status, retryAfter(response));
  }
  const code = text(problem.code) ?? `http.${status}`;
  return new RefusedError({ title: code, ...problem, status, code });
}

function isStaleToken(error: unknown): boolean {
  return error instanceof RefusedError && error.problem.code === "session.cross_site";
}

function retryAfter(response: Response): number | null {
  const seconds = Number.parseInt(response.headers.get("Retry-After") ?? "", 10);
  return Number.isFinite(seconds) ? seconds : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
