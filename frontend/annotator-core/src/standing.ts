/** Where the keyboard stands: on a unit of the text, or on a mark. */
import type { Editor } from "./editor";
import type { Range, Span } from "./model";
import { mayOverlap } from "./question";

/** What is let go of where the caret goes elsewhere. */
export const NOTHING_ELSE = { selection: null, proposal: null, hints: null, focus: null };

export function standOn(editor: Editor, range: Range | null): Editor {
  if (!range) return editor;
  return { ...editor, caret: range, resume: range.start, ...NOTHING_ELSE };
}

/** Stand on a mark; where marks overlap, on this one of them. */
export function standOnMark(editor: Editor, { start, end, label }: Span): Editor {
  const standing = standOn(editor, { start, end });
  return mayOverlap(editor.question) ? { ...standing, focus: { start, end, label } } : standing;
}
