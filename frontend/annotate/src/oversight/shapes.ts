/** What the administrators' endpoints answer; see docs/openapi/worker.json. */

export interface LedgerRow {
  readonly seq: number;
  readonly at: string;
  readonly kind: string;
  readonly method: string;
  readonly path: string;
  readonly events: number;
  readonly size_bytes: number;
  readonly receipt: boolean;
}

export interface LedgerDetail extends LedgerRow {
  readonly body: string;
  readonly body_sha256: string;
  readonly prev: string;
  readonly head: string;
  readonly signature: string;
  readonly signed_for: { readonly accepted_seq: number; readonly signature: string } | null;
}

export interface LedgerRows {
  readonly rows: readonly LedgerRow[];
  readonly next: number | null;
  readonly kinds: readonly string[];
}

export interface LedgerSum {
  readonly day: string;
  readonly kind: string;
  readonly rows: number;
  readonly size_bytes: number;
}

export interface LedgerDays {
  readonly since: string;
  readonly until: string;
  readonly sums: readonly LedgerSum[];
}

export interface CheckStep {
  readonly after: number;
  readonly head: string;
  readonly until: number;
  readonly rows: number;
  readonly receipts: number;
  readonly flaws: readonly Flaw[];
  readonly done: boolean;
  readonly fingerprint: string;
}

export interface Flaw {
  readonly seq: number;
  readonly reason: string;
}

export interface AccessRow {
  readonly id: number;
  readonly what: string;
  readonly subject: string | null;
  readonly person: string;
  readonly of: string;
  readonly of_id: string | null;
  readonly count: number;
  readonly detail: string;
  readonly by_script: boolean;
  readonly first_at: string;
  readonly last_at: string;
}

export interface AccessRows {
  readonly rows: readonly AccessRow[];
  readonly next: number | null;
  readonly people: readonly { readonly subject: string; readonly name: string }[];
  readonly kept_days: number;
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly code: string;
  readonly simulated: boolean;
  readonly asked_role: string;
  readonly approved_role: string | null;
  readonly approved_at: string | null;
  readonly approved_by: string;
  readonly refused_at: string | null;
  readonly refused_by: string;
  readonly seen_at: string;
  readonly projects: readonly string[];
  readonly sessions: number;
  readonly is_you: boolean;
  readonly may_decide: boolean;
}

export interface People {
  readonly waiting: readonly Person[];
  readonly approved: readonly Person[];
  readonly refused: readonly Person[];
  readonly roles: readonly string[];
  readonly may_approve: boolean;
}

export interface Cut {
  readonly cut_at: string;
  readonly cut_by: string;
  readonly restored_at: string | null;
  readonly restored_by: string;
}

export interface Line {
  readonly state: "whole" | "cut" | "disabled" | "not_enrolled";
  readonly control_plane: string;
  readonly cut: Cut | null;
  readonly waiting_events: number;
  readonly waiting_since: string | null;
  readonly ledger_rows: number;
  readonly last_sent_at: string | null;
  readonly may_restore: boolean;
  readonly history: readonly Cut[];
}
