/** Answers without a label: a written text, or one of the example's options. */
import { type Content, change, type Editor } from "./editor";

/** Write the text in answer. Undo takes it back word by word, not letter by letter. */
export function write(editor: Editor, written: string): Editor {
  const { content, past } = editor;
  if (written === (content.written ?? "")) return editor;
  const before = past.at(-1);
  const changed = change(editor, { written });
  const goesOn = before !== undefined && isWritingAlone(before, content) && !/\s$/u.test(written);
  return goesOn ? { ...changed, past } : changed;
}

/** Are there words that could be accepted? */
export function isWritten({ content }: Editor): boolean {
  return (content.written ?? "").trim() !== "";
}

/** Take an option in the place of whichever was taken; one that is not there is left alone. */
export function pickOption(editor: Editor, option: number): Editor {
  const isThere = option < (editor.example.options ?? []).length;
  if (!isThere || editor.content.picked === option) return editor;
  return change(editor, { picked: option });
}

export function pickNone(editor: Editor): Editor {
  return editor.content.picked === null ? editor : change(editor, { picked: null });
}

/** Did nothing but the written text change? */
function isWritingAlone(before: Content, now: Content): boolean {
  const names = Object.keys(now) as (keyof Content)[];
  return names.every((name) => name === "written" || before[name] === now[name]);
}
