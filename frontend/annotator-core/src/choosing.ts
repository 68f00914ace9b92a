/** What is said of the whole text: the commands of tasks that choose labels, and what a verdict sends. */
import { acceptAllSuggestions, change, type Editor } from "./editor";
import type { Verdict } from "./model";
import { isWritten, pickNone } from "./replying";

/** Choose a label, or take the choice back. */
export function toggleChoice(editor: Editor, label: string): Editor {
  const { choices } = editor.content;
  return choices.includes(label)
    ? change(editor, { choices: choices.filter((one) => one !== label) })
    : change(editor, { choices: [...choices, label] });
}

/** Choose a label in the place of whatever was chosen. */
export function chooseOnly(editor: Editor, label: string): Editor {
  const { choices } = editor.content;
  if (choices.length === 1 && choices[0] === label) return editor;
  return change(editor, { choices: [label] });
}

/** Suggested labels still to decide: neither taken nor refused; none once the one label is chosen. */
export function openSuggested(editor: Editor): readonly string[] {
  const { choices, refused } = editor.content;
  if (editor.question.kind === "one" && choices.length > 0) return [];
  return editor.example.suggested.filter(
    (label) => !choices.includes(label) && !refused.includes(label),
  );
}

/** Refuse every suggested label that is still open. */
export function refuseSuggested(editor: Editor): Editor {
  const open = openSuggested(editor);
  if (open.length === 0) return editor;
  return change(editor, { refused: [...editor.content.refused, ...open] });
}

/**
 * The state that a verdict sends: accepting takes what is suggested, a yes or no carries its label.
 * Returns: null when there is nothing yet to accept, as before the one label is chosen.
 */
export function settle(editor: Editor, verdict: Verdict): Editor | null {
  const { question } = editor;
  if (question.kind === "yes-no") {
    return verdict === "ignore" ? editor : chooseOnly(editor, question.label);
  }
  if (question.kind === "pick") return settlePick(editor, verdict);
  if (verdict !== "accept" || question.kind === "verdict") return editor;
  if (question.kind === "text") return isWritten(editor) ? editor : null;
  if (question.kind === "marks") return acceptAllSuggestions(editor);
  const taken = takeSuggested(editor);
  return question.kind === "one" && taken.content.choices.length !== 1 ? null : taken;
}

/** Only an accepted answer takes an option. */
function settlePick(editor: Editor, verdict: Verdict): Editor | null {
  if (verdict !== "accept") return pickNone(editor);
  return editor.content.picked === null ? null : editor;
}

/** Of labels that exclude each other several suggested ones decide nothing. */
function takeSuggested(editor: Editor): Editor {
  const open = openSuggested(editor);
  const undecided = editor.question.kind === "one" && open.length !== 1;
  if (open.length === 0 || undecided) return editor;
  return change(editor, { choices: [...editor.content.choices, ...open] });
}
