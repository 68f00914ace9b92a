/** Errors as the API tells them (RFC 9457) and as a person reads them. */

export interface FieldProblem {
  field: string;
  message: string;
}

/** A refused or failed request: what happened (`title`, `detail`) and what to do about it. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly whatToDo: string;
  readonly fields: FieldProblem[];

  constructor(status: number, body: ProblemBody) {
    const title = body.title || "Something went wrong";
    super(title);
    this.name = "Problem";
    this.status = status;
    this.code = body.code || "unknown";
    this.title = title;
    this.detail = body.detail && body.detail !== title ? body.detail : "";
    this.whatToDo = body.what_to_do || "";
    this.fields = body.errors ?? [];
  }
}

export interface ProblemBody {
  code?: string;
  title?: string;
  detail?: string;
  what_to_do?: string;
  errors?: FieldProblem[];
}

const OFFLINE: ProblemBody = {
  code: "network.unreachable",
  title: "The control plane did not answer.",
  what_to_do: "Check your connection, then try again. Nothing was changed by this request.",
};

const UNREADABLE: ProblemBody = {
  code: "answer.unreadable",
  title: "The control plane gave an answer this page cannot read.",
  what_to_do: "Try again in a moment. If it stays, tell whoever runs the control plane.",
};

/** The problem of a request that never got an answer. */
export function unreachable(): Problem {
  return new Problem(0, OFFLINE);
}

/** Read the problem out of an answer that is not 2xx; proxies may answer with anything. */
export function problemOf(status: number, body: unknown): Problem {
  return new Problem(status, isProblemBody(body) ? body : UNREADABLE);
}

export function asProblem(error: unknown): Problem {
  return error instanceof Problem ? error : unreachable();
}

function isProblemBody(body: unknown): body is ProblemBody {
  return typeof body === "object" && body !== null && "title" in body;
}
