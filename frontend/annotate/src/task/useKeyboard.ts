import {
  type Action,
  actionFor,
  applyLabel,
  beginHop,
  chooseMark,
  clearAtCaret,
  confirmProposal,
  type Direction,
  directionAt,
  type Editor,
  endHints,
  endHop,
  extendCaret,
  hopAgain,
  isChoosing,
  type Keymap,
  keyName,
  letGo,
  markIdentical,
  mayOverlap,
  moveCaret,
  moveToEnd,
  moveToMark,
  moveToStart,
  moveToSuggestion,
  refuseSuggested,
  showHints,
  snapTo,
  takeSuggestion,
  toggleConnecting,
  typeHint,
  typeHop,
  type Workbench,
} from "@annex/annotator-core";
import { type RefObject, useEffect } from "react";
import { inSight } from "./hinting";

export type Panel = "help" | "flag" | "comments" | "guidelines" | "definitions";

export interface KeyboardOptions {
  readonly bench: Workbench;
  /** Each label's key. */
  readonly keys: ReadonlyMap<string, string>;
  readonly keymap: Keymap;
  readonly sheet: RefObject<HTMLElement | null>;
  readonly finder: RefObject<HTMLInputElement | null>;
  /** Where an answer is written. */
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly open: (panel: Panel) => void;
}

const NATIVE_PRESS = new Set(["Enter", "Space"]);
const MOVES = new Set<Action>([
  "forward",
  "backward",
  "extend-forward",
  "extend-backward",
  "to-start",
  "to-end",
]);
const VERDICTS = new Set<Action>(["accept", "reject", "ignore"]);

/** One listener for the page: label keys first, then the keymap; never while someone types. */
export function useKeyboard(options: KeyboardOptions): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => handleKey(event, options);
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, [options]);
}

function handleKey(event: KeyboardEvent, options: KeyboardOptions): void {
  const key = keyName(event);
  if (!key || event.defaultPrevented || belongsElsewhere(event.target, key)) return;
  if (takesLetter(event, options.bench) || takesHint(event, options.bench)) return;
  if (takesOption(key, event, options.bench)) return;
  const [label] = [...options.keys].find(([, labelsKey]) => labelsKey === key) ?? [];
  if (label) {
    event.preventDefault();
    if (!event.repeat) pressLabel(options.bench, label);
    return;
  }
  const action = actionFor(options.keymap, key);
  if (!action || (event.repeat && VERDICTS.has(action))) return;
  if (runAction(action, options, event.target)) event.preventDefault();
}

/** While letters lead to a word, they are neither labels nor actions. */
function takesLetter(event: KeyboardEvent, bench: Workbench): boolean {
  if (!bench.state.get().hand?.editor.hop || event.key === "Escape") return false;
  event.preventDefault();
  const isLetter = [...event.key].length === 1;
  bench.edit((editor) => (isLetter ? typeHop(editor, event.key) : endHop(editor)));
  return true;
}

/**
 * While letters stand at words, they are typed. Another key ends that; at an end to choose, it then
 * does what it always does.
 */
function takesHint(event: KeyboardEvent, bench: Workbench): boolean {
  const editor = bench.state.get().hand?.editor;
  if (!editor?.hints) return false;
  const typed = typeHint(editor, latinLetter(event));
  const isUsed = typed !== null || editor.hints.to === "word";
  if (isUsed) event.preventDefault();
  bench.edit((state) => typed ?? endHints(state));
  return isUsed;
}

/** The digits of the options, where there are some to pick from. */
function takesOption(key: string, event: KeyboardEvent, bench: Workbench): boolean {
  const editor = bench.state.get().hand?.editor;
  const place = /^[1-4]$/.test(key) ? Number(key) : 0;
  const count = editor?.question.kind === "pick" ? (editor.example.options ?? []).length : 0;
  if (place === 0 || place > count) return false;
  event.preventDefault();
  if (!event.repeat) bench.pick(place - 1);
  return true;
}

/** The letter of a key, by its place where the keyboard writes another script. */
function latinLetter({ key, code }: KeyboardEvent): string {
  return /^[a-z]$/i.test(key) ? key : code.replace(/^Key/, "");
}

function pressLabel(bench: Workbench, label: string): void {
  const kind = bench.state.get().hand?.editor.question.kind;
  if (kind === "marks") bench.edit((editor) => applyLabel(editor, label));
  else if (kind === "yes-no") bench.submit("accept");
  else bench.choose(label);
}

/** Text inputs, open dialogs and pressed buttons keep their keys. */
function belongsElsewhere(target: EventTarget | null, key: string): boolean {
  if (document.querySelector("dialog[open]")) return true;
  if (!(target instanceof Element)) return false;
  if (target.closest("input, textarea, select, [contenteditable]")) return true;
  return NATIVE_PRESS.has(key) && target.closest("button, a, summary") !== null;
}

/** Returns: whether the key was used up. */
function runAction(action: Action, options: KeyboardOptions, target: EventTarget | null): boolean {
  const { bench, sheet, finder, field, open } = options;
  const isMarking = bench.state.get().hand?.editor.question.kind === "marks";
  const inText = target === sheet.current || target === document.body;
  if (MOVES.has(action)) return isMarking && inText && move(action, bench);
  switch (action) {
    case "accept":
      acceptInHand(bench);
      return true;
    case "reject":
    case "ignore":
      bench.submit(action);
      return true;
    case "undo":
      bench.undo();
      return true;
    case "redo":
      bench.redo();
      return true;
    case "next-suggestion":
      return inText && goToSuggestion(bench, 1);
    case "previous-suggestion":
      return inText && goToSuggestion(bench, -1);
    case "hints":
      if (isMarking && sheet.current) showLetters(options, sheet.current);
      return isMarking;
    case "find-label":
      (finder.current ?? field.current)?.focus();
      return (finder.current ?? field.current) !== null;
    case "flag":
    case "comments":
    case "guidelines":
    case "definitions":
    case "help":
      open(action);
      return true;
    default:
      bench.edit((editor) => editorAction(action, editor));
      return true;
  }
}

/** The key that accepts first settles what is in hand. */
function acceptInHand(bench: Workbench): void {
  const editor = bench.state.get().hand?.editor;
  if (editor?.proposal) bench.edit(confirmProposal);
  else if (editor && isChoosing(editor)) bench.edit(chooseMark);
  else bench.submit("accept");
}

function showLetters({ bench, keys }: KeyboardOptions, sheet: HTMLElement): void {
  bench.edit((editor) => showHints(editor, inSight(sheet, editor), keys.values()));
}

function editorAction(action: Action, editor: Editor): Editor {
  if (editor.question.kind !== "marks") {
    return action === "clear" ? refuseSuggested(editor) : editor;
  }
  switch (action) {
    case "take-suggestion":
      return takeSuggestion(editor);
    case "clear":
      return clearAtCaret(editor);
    case "hop":
      return beginHop(editor);
    case "hop-again":
      return hopAgain(editor);
    case "identical":
      return markIdentical(editor);
    case "next-mark":
      return mayOverlap(editor.question) ? moveToMark(editor, 1) : editor;
    case "connect":
      return toggleConnecting(editor);
    case "let-go":
      return letGo(editor);
    case "characters":
      return snapTo(editor, editor.snap === "token" ? "character" : "token");
    default:
      return editor;
  }
}

/** Arrows go where they point: in a right-to-left paragraph, left is forward. */
function move(action: Action, bench: Workbench): boolean {
  const editor = bench.state.get().hand?.editor;
  if (!editor) return false;
  const at = editor.selection?.focus ?? editor.caret;
  const rtl = directionAt(editor.index, at?.start ?? editor.resume) === "rtl";
  const forward: Direction = rtl ? -1 : 1;
  const backward: Direction = rtl ? 1 : -1;
  if (editor.connecting && (action === "forward" || action === "backward")) {
    bench.edit((state) => moveToMark(state, action === "forward" ? forward : backward));
    return true;
  }
  const moves: Partial<Record<Action, (editor: Editor) => Editor>> = {
    forward: (editor) => moveCaret(editor, forward),
    backward: (editor) => moveCaret(editor, backward),
    "extend-forward": (editor) => extendCaret(editor, forward),
    "extend-backward": (editor) => extendCaret(editor, backward),
    "to-start": moveToStart,
    "to-end": moveToEnd,
  };
  const command = moves[action];
  if (command) bench.edit(command);
  return command !== undefined;
}

/** After the last suggestion Tab leaves the text, as Tab does. */
function goToSuggestion(bench: Workbench, direction: Direction): boolean {
  const editor = bench.state.get().hand?.editor;
  const moved = editor ? moveToSuggestion(editor, direction) : null;
  if (moved) bench.edit(() => moved);
  return moved !== null;
}
