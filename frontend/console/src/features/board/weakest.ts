import type { BoardRow, LabelScore } from "../../api/types";

interface Scored extends LabelScore {
  f: number;
}

/** The label the best model is weakest on, among those with enough support to be told. */
export function weakestLabel(rows: BoardRow[]): { row: BoardRow; label: Scored } | null {
  const models = rows.filter(({ kind, f }) => kind === "model" && f !== null);
  const row = models.sort((a, b) => (b.f ?? 0) - (a.f ?? 0))[0];
  const scored = row?.per_label.filter(isScored) ?? [];
  const label = scored.sort((a, b) => a.f - b.f)[0];
  if (!row || !label || scored.length < 2) return null;
  return { row, label };
}

function isScored(label: LabelScore): label is Scored {
  return !label.suppressed && label.f !== null;
}
