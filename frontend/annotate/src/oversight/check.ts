import { http } from "../app/session";
import { withQuery } from "./query";
import type { CheckStep, Flaw } from "./shapes";

/** How far a check is; `done` when every row was looked at. */
export interface Checked {
  readonly after: number;
  readonly until: number;
  readonly rows: number;
  readonly receipts: number;
  readonly flaws: readonly Flaw[];
  readonly head: string;
  readonly fingerprint: string;
  readonly done: boolean;
}

/** Add a step to what was checked before. */
export function added(before: Checked | null, step: CheckStep): Checked {
  return {
    ...step,
    rows: (before?.rows ?? 0) + step.rows,
    receipts: (before?.receipts ?? 0) + step.receipts,
    flaws: [...(before?.flaws ?? []), ...step.flaws],
  };
}

/** Check the whole ledger step by step. Raises: what `http.get` raises. */
export async function checkLedger(
  tell: (checked: Checked) => void,
  signal: AbortSignal,
): Promise<void> {
  let checked: Checked | null = null;
  while (!checked?.done && !signal.aborted) {
    const { after, head, until }: Partial<Checked> = checked ?? {};
    const mark = { after: String(after ?? ""), head: head ?? "", until: String(until ?? "") };
    checked = added(checked, await http.get<CheckStep>(withQuery("/api/ledger/check", mark)));
    if (!signal.aborted) tell(checked);
  }
}
