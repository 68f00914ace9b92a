/** What a label's key does, and the key that takes away. */
import { connectUnder } from "./connecting";
import {
  abandonProposal,
  acceptSuggestion,
  confirmProposal,
  dismissSuggestion,
  type Editor,
  type Mark,
  markAt,
  markRange,
  relabelSpan,
  removeSpan,
  selectedRange,
} from "./editor";
import { overlaps, type Range } from "./model";
import { mayOverlap } from "./question";

/** Give the label to what is in hand: a proposal, the selection, the mark or token at the caret; else arm it. */
export function applyLabel(editor: Editor, label: string): Editor {
  if (editor.connecting) return connectUnder(editor, label);
  if (editor.proposal?.span.label === label) return confirmProposal(editor);
  const selected = selectedRange(editor);
  if (selected) return markRange(editor, selected, label);
  const mark = markAt(editor, editor.caret);
  if (mark?.kind === "span") return relabelSpan(editor, mark.span, label);
  if (mark?.kind === "suggestion") return acceptSuggestion(editor, mark.span, label);
  if (editor.caret) return markRange(editor, editor.caret, label);
  return armLabel(editor, label);
}

export function armLabel(editor: Editor, label: string): Editor {
  return { ...editor, armed: label };
}

export function disarmLabel(editor: Editor): Editor {
  return editor.connecting ? { ...editor, armedLink: null } : { ...editor, armed: null };
}

/** Take away the decision at the caret, or refuse the suggestion there. */
export function clearAtCaret(editor: Editor): Editor {
  const mark = markAt(editor, editor.caret) ?? innermostAt(editor, editor.caret);
  if (!mark) return editor;
  return mark.kind === "span"
    ? removeSpan(editor, mark.span)
    : dismissSuggestion(editor, mark.span);
}

/** Where marks overlap, without one of them in hand: the shortest decision over a range. */
function innermostAt(editor: Editor, range: Range | null): Mark | null {
  if (!range || !mayOverlap(editor.question)) return null;
  const [span] = editor.content.spans
    .filter((candidate) => overlaps(candidate, range))
    .sort((first, second) => first.end - first.start - (second.end - second.start));
  return span ? { kind: "span", span } : null;
}

/**
 * Let go of what is in hand, one thing at a time: letters typed or shown, proposal, selection, the
 * marks to connect, caret, connecting, armed label.
 */
export function letGo(editor: Editor): Editor {
  if (editor.hop || editor.hints) return { ...editor, hop: null, hints: null };
  if (editor.proposal) return abandonProposal(editor);
  if (editor.selection) return { ...editor, selection: null };
  const { connecting } = editor;
  if (connecting?.child) return { ...editor, connecting: { ...connecting, child: null } };
  if (connecting?.head) return { ...editor, connecting: { head: null, child: null } };
  if (editor.caret) return { ...editor, caret: null, focus: null };
  if (connecting) return { ...editor, connecting: null };
  return disarmLabel(editor);
}
