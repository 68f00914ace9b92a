/** To a word by its first letters: two of them, and the caret stands on the next word that begins so. */
import type { Editor } from "./editor";
import type { Range } from "./model";
import { standOn } from "./standing";

const LETTERS = 2;

export interface Hop {
  readonly typed: string;
  /** Where it began, in code points; each letter looks on from here. */
  readonly from: number;
}

/** The next letters typed are the beginning of a word. */
export function beginHop(editor: Editor): Editor {
  return { ...editor, hop: { typed: "", from: editor.caret?.end ?? editor.resume } };
}

/** Take a letter: stand on the next word that begins so, after the last one at the first. */
export function typeHop(editor: Editor, letter: string): Editor {
  if (!editor.hop) return editor;
  const typed = editor.hop.typed + letter.toLowerCase();
  const found = nextWord(editor, typed, editor.hop.from);
  const hop = typed.length < LETTERS ? { ...editor.hop, typed } : null;
  return { ...standOn(editor, found), hop, hopped: typed };
}

/** The next word that begins like the one gone to last. */
export function hopAgain(editor: Editor): Editor {
  if (editor.hopped === "") return editor;
  return standOn(editor, nextWord(editor, editor.hopped, editor.caret?.end ?? editor.resume));
}

export function endHop(editor: Editor): Editor {
  return editor.hop ? { ...editor, hop: null } : editor;
}

function nextWord({ index, tokens }: Editor, beginning: string, from: number): Range | null {
  let first: Range | null = null;
  for (const [start, end] of tokens) {
    if (first && start < from) continue;
    if (!index.slice(start, end).toLowerCase().startsWith(beginning)) continue;
    if (start >= from) return { start, end };
    first = { start, end };
  }
  return first;
}
