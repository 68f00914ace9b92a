/** Edits of a label scheme before it is saved: each returns a new list, positions kept gapless. */
import { LABEL_PALETTE } from "@annex/ui";
import type { Label } from "../../api/types";

/** A label on screen; `row` stays the same while the label has no id yet. */
export interface DraftLabel extends Label {
  row: string;
}

/** The same as the control plane gives; none that the annotation app has a use for. */
const KEYS = "1234567890qweryuiopashklvbn";

export function draftOf(labels: Label[]): DraftLabel[] {
  const ordered = [...labels].sort((a, b) => a.position - b.position);
  return ordered.map((label, index) => ({ ...label, row: label.id ?? `new-${index}` }));
}

/** What is sent: blanks trimmed, positions as shown, no screen-only fields. */
export function schemeOf(draft: DraftLabel[]): Label[] {
  return draft.map(({ row: _, ...label }, position) => ({
    ...label,
    name: label.name.trim(),
    position,
  }));
}

/** Add a label with the next free key and colour. */
export function addLabel(draft: DraftLabel[], name: string): DraftLabel[] {
  const label: DraftLabel = {
    row: `new-${crypto.randomUUID()}`,
    name: name.trim(),
    colour: freeColour(draft),
    key: freeKey(draft),
    position: draft.length,
    retired: false,
  };
  return [...draft, label];
}

/** Add every name in a line such as "OPERATION, FIELD, VALUE" that is not there yet. */
export function addLabels(draft: DraftLabel[], line: string): DraftLabel[] {
  const names = line.split(/[,;\n]/).map((name) => name.trim());
  return names.reduce(
    (labels, name) => (!name || isTaken(labels, name) ? labels : addLabel(labels, name)),
    draft,
  );
}

export function changeLabel(
  draft: DraftLabel[],
  row: string,
  change: Partial<Label>,
): DraftLabel[] {
  return draft.map((label) => (label.row === row ? { ...label, ...change } : label));
}

/** Move a label up (-1) or down (+1); at an end it stays. */
export function moveLabel(draft: DraftLabel[], row: string, by: -1 | 1): DraftLabel[] {
  const from = draft.findIndex((label) => label.row === row);
  const moved = draft[from];
  const other = draft[from + by];
  if (!moved || !other) return draft;
  const next = [...draft];
  next[from] = other;
  next[from + by] = moved;
  return next;
}

/** Drop a label that was never saved; a saved one is retired instead, its answers keep it. */
export function dropLabel(draft: DraftLabel[], row: string): DraftLabel[] {
  return draft.filter((label) => label.row !== row || label.id !== undefined);
}

/** What must be put right before saving, by row. */
export function problemsOf(draft: DraftLabel[]): Map<string, { name?: string; key?: string }> {
  const problems = new Map<string, { name?: string; key?: string }>();
  for (const label of draft) {
    const name = nameProblem(draft, label);
    const key = keyProblem(draft, label);
    if (name || key) problems.set(label.row, { ...(name && { name }), ...(key && { key }) });
  }
  return problems;
}

function nameProblem(draft: DraftLabel[], label: DraftLabel): string | undefined {
  const name = label.name.trim();
  if (!name) return "Give it a name.";
  const twins = draft.filter((other) => other.name.trim() === name);
  return twins.length > 1 ? "Another label has this name." : undefined;
}

function keyProblem(draft: DraftLabel[], label: DraftLabel): string | undefined {
  if (label.retired || !label.key) return undefined;
  if (!/^[0-9a-z]$/.test(label.key)) return "One digit or small letter.";
  const twins = draft.filter(({ key, retired }) => key === label.key && !retired);
  return twins.length > 1 ? "Another label has this key." : undefined;
}

function isTaken(draft: DraftLabel[], name: string): boolean {
  return draft.some((label) => label.name === name);
}

function freeKey(draft: DraftLabel[]): string | null {
  const used = new Set(draft.map(({ key }) => key));
  return [...KEYS].find((key) => !used.has(key)) ?? null;
}

function freeColour(draft: DraftLabel[]): string {
  const used = new Set(draft.map(({ colour }) => colour));
  const free = LABEL_PALETTE.find((colour) => !used.has(colour));
  return free ?? LABEL_PALETTE[draft.length % LABEL_PALETTE.length] ?? LABEL_PALETTE[0];
}
