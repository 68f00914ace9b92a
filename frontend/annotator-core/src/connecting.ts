/** Connecting two marks under a label: the head first, then the child. */
import { change, type Editor, markInHand } from "./editor";
import { type Link, sameLink } from "./links";
import { type Span, sameSpan } from "./model";
import { relates } from "./question";
import { standOnMark } from "./standing";

const NOBODY = { head: null, child: null };

/** Go from marking to connecting, and back. */
export function toggleConnecting(editor: Editor): Editor {
  if (!relates(editor.question)) return editor;
  const connecting = editor.connecting ? null : NOBODY;
  return { ...editor, connecting, selection: null, hints: null };
}

/** Stand on a mark; while marks are connected, choose it as well. */
export function pickMark(editor: Editor, mark: Span): Editor {
  const standing = standOnMark(editor, mark);
  return standing.connecting ? chooseMark(standing) : standing;
}

/**
 * Choose the mark in hand: as the head, then as the child, which connects them when a label is
 * armed. The head once more lets go of it.
 */
export function chooseMark(editor: Editor): Editor {
  const { connecting } = editor;
  const mark = markInHand(editor);
  if (!connecting || mark?.kind !== "span") return editor;
  const { span } = mark;
  if (!connecting.head) return { ...editor, connecting: { head: span, child: null } };
  if (sameSpan(connecting.head, span)) return { ...editor, connecting: NOBODY };
  if (editor.armedLink)
    return connect(editor, { head: connecting.head, child: span, label: editor.armedLink });
  return { ...editor, connecting: { ...connecting, child: span } };
}

/** Does a mark wait to be chosen with the key that else accepts? */
export function isChoosing(editor: Editor): boolean {
  return editor.connecting !== null && markInHand(editor)?.kind === "span";
}

export function removeLink(editor: Editor, link: Link): Editor {
  const links = editor.content.links.filter((other) => !sameLink(other, link));
  return links.length === editor.content.links.length ? editor : change(editor, { links });
}

/** Connect the chosen marks, or the chosen and the one in hand; without both, arm the label. */
export function connectUnder(editor: Editor, label: string): Editor {
  const mark = markInHand(editor);
  const head = editor.connecting?.head ?? null;
  const child = editor.connecting?.child ?? (mark?.kind === "span" ? mark.span : null);
  if (!head || !child || sameSpan(head, child)) return { ...editor, armedLink: label };
  return connect(editor, { head, child, label });
}

/** Connect two marks; the same connection is there once. The next one is chosen anew. */
export function connect(editor: Editor, link: Link): Editor {
  const chosen = { focus: null, caret: null, connecting: NOBODY };
  const { links } = editor.content;
  if (links.some((other) => sameLink(other, link))) return { ...editor, ...chosen };
  return { ...change(editor, { links: [...links, link] }), ...chosen };
}
