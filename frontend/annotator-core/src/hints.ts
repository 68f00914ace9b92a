/**
 * To any word in sight by the letters that stand at it, and from there to where a mark ends by one
 * letter more: key, two letters, letter, label are five presses however long the mark is.
 */
import type { Editor } from "./editor";
import type { Range } from "./model";
import { tokenIndexAt } from "./snapping";
import { standOn } from "./standing";

/** The home row first: what is near is typed soonest. */
const LETTERS = "asdfjklghqwertyuiopzxcvbnm";
const WORD = /[\p{L}\p{N}]/u;

export interface Hints {
  /** Where to go, or where the mark from the caret ends. */
  readonly to: "word" | "end";
  readonly typed: string;
  /** What to type for each word, all of one length. */
  readonly codes: ReadonlyMap<string, Range>;
  /** Letters that are labels' keys and stay so while an end is chosen. */
  readonly labelled: ReadonlySet<string>;
}

/** Put letters at the words that begin in sight, at most 676; those of labels are told by their keys. */
export function showHints(editor: Editor, sight: Range, labelKeys: Iterable<string>): Editor {
  const words = wordsIn(editor, sight);
  if (words.length === 0) return editor;
  const labelled = new Set([...labelKeys].map((key) => key.toLowerCase()));
  return { ...editor, hints: { to: "word", typed: "", codes: codesFor(words), labelled } };
}

/** Take a letter. Returns: null when no code goes on with it. */
export function typeHint(editor: Editor, letter: string): Editor | null {
  const { hints } = editor;
  const typed = (hints?.typed ?? "") + letter.toLowerCase();
  if (!hints || ![...hints.codes.keys()].some((code) => code.startsWith(typed))) return null;
  const found = hints.codes.get(typed);
  if (!found) return { ...editor, hints: { ...hints, typed } };
  return hints.to === "word" ? goTo(editor, hints, found) : selectTo(editor, found);
}

export function endHints(editor: Editor): Editor {
  return editor.hints ? { ...editor, hints: null } : editor;
}

function wordsIn({ index, tokens }: Editor, sight: Range): readonly Range[] {
  const words: Range[] = [];
  for (let at = tokenIndexAt(tokens, sight.start); at < tokens.length; at++) {
    const [start, end] = tokens[at] as readonly [number, number];
    if (start >= sight.end || words.length === LETTERS.length ** 2) break;
    if (start >= sight.start && WORD.test(index.slice(start, end))) words.push({ start, end });
  }
  return words;
}

function codesFor(words: readonly Range[]): ReadonlyMap<string, Range> {
  const letters = [...LETTERS];
  const codes =
    words.length <= letters.length
      ? letters
      : letters.flatMap((first) => letters.map((second) => first + second));
  return new Map(words.map((word, at) => [codes[at] as string, word]));
}

/** Stand on the word, and offer every end that one letter can name. */
function goTo(editor: Editor, { labelled }: Hints, word: Range): Editor {
  const letters = [...LETTERS].filter((letter) => !labelled.has(letter));
  const next = tokenIndexAt(editor.tokens, word.end);
  const ends = editor.tokens.slice(next, next + letters.length);
  const codes = new Map(ends.map(([start, end], at) => [letters[at] as string, { start, end }]));
  return { ...standOn(editor, word), hints: { to: "end", typed: "", codes, labelled } };
}

function selectTo(editor: Editor, focus: Range): Editor {
  const anchor = editor.caret ?? focus;
  const selection = { anchor, focus };
  return { ...editor, hints: null, caret: null, resume: focus.start, selection, proposal: null };
}
