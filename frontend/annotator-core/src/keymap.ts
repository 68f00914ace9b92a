/** Which key does what. People may change the keys; labels keep theirs from the label scheme. */
import type { Label } from "./model";

export const ACTIONS = [
  "accept",
  "reject",
  "ignore",
  "undo",
  "redo",
  "flag",
  "comments",
  "next-suggestion",
  "previous-suggestion",
  "take-suggestion",
  "clear",
  "let-go",
  "forward",
  "backward",
  "extend-forward",
  "extend-backward",
  "hints",
  "hop",
  "hop-again",
  "to-start",
  "to-end",
  "identical",
  "characters",
  "next-mark",
  "connect",
  "find-label",
  "guidelines",
  "definitions",
  "help",
] as const;

export type Action = (typeof ACTIONS)[number];
export type Keymap = Readonly<Record<Action, string>>;

/** Keys as `keyName` writes them. */
export const DEFAULT_KEYMAP: Keymap = {
  accept: "Enter",
  reject: "X",
  ignore: "Space",
  undo: "Z",
  redo: "Shift+Z",
  flag: "F",
  comments: "M",
  "next-suggestion": "Tab",
  "previous-suggestion": "Shift+Tab",
  "take-suggestion": "T",
  clear: "Backspace",
  "let-go": "Escape",
  forward: "ArrowRight",
  backward: "ArrowLeft",
  "extend-forward": "Shift+ArrowRight",
  "extend-backward": "Shift+ArrowLeft",
  hints: "J",
  hop: ".",
  "hop-again": ",",
  "to-start": "Home",
  "to-end": "End",
  identical: "=",
  characters: "C",
  "next-mark": "Shift+N",
  connect: "Shift+R",
  "find-label": "/",
  guidelines: "G",
  definitions: "D",
  help: "?",
};

export interface KeyPress {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

/** Name a key press, or null for what the browser or the system owns (Ctrl, Alt, Meta). */
export function keyName(press: KeyPress): string | null {
  if (press.ctrlKey || press.altKey || press.metaKey) return null;
  if (["Shift", "Control", "Alt", "Meta", "Dead", "Unidentified"].includes(press.key)) return null;
  if (press.key === " ") return press.shiftKey ? "Shift+Space" : "Space";
  const letter = [...press.key].length === 1;
  const cased = letter && press.key.toLowerCase() !== press.key.toUpperCase();
  const name = cased ? press.key.toUpperCase() : press.key;
  // Shift is part of a character like "?", but not of a letter or an arrow.
  return press.shiftKey && (cased || !letter) ? `Shift+${name}` : name;
}

const DIGITS = "1234567890";
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** The action a key stands for. A label's key wins over an action's. */
export function actionFor(keymap: Keymap, key: string): Action | null {
  return ACTIONS.find((action) => keymap[action] === key) ?? null;
}

/**
 * Give each label its own key: the scheme's, when no other label has it, else the next free digit;
 * with a keymap also the next letter that no action has. The last of many labels have none.
 */
export function labelKeys(labels: readonly Label[], keymap?: Keymap): ReadonlyMap<string, string> {
  const taken = new Map<string, string>();
  for (const label of labels) {
    const wanted = label.key.toUpperCase();
    if (wanted && !taken.has(wanted)) taken.set(wanted, label.id);
  }
  const withKey = new Set(taken.values());
  const actions = new Set(Object.values(keymap ?? {}));
  const keys = keymap ? DIGITS + LETTERS : DIGITS;
  const free = [...keys].filter((key) => !taken.has(key) && !actions.has(key));
  for (const label of labels) {
    const key = withKey.has(label.id) ? undefined : free.shift();
    if (key) taken.set(key, label.id);
  }
  return new Map([...taken].map(([key, label]) => [label, key]));
}

/** Our keys with a person's changes, ignoring what is not an action or a key. */
export function keymapWith(changes: unknown): Keymap {
  const known = Object.entries(changes ?? {}).filter(
    ([action, key]) => (ACTIONS as readonly string[]).includes(action) && typeof key === "string",
  );
  return { ...DEFAULT_KEYMAP, ...Object.fromEntries(known) };
}

/** Give an action another key. Refuses (null) a key that a label or another action has. */
export function remap(
  keymap: Keymap,
  action: Action,
  key: string,
  labels: readonly Label[],
): Keymap | null {
  const holder = actionFor(keymap, key);
  const isLabels = [...labelKeys(labels).values()].includes(key);
  if (isLabels || (holder && holder !== action)) return null;
  return { ...keymap, [action]: key };
}
