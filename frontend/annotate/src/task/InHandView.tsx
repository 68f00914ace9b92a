import {
  abandonProposal,
  applyLabel,
  clearAtCaret,
  confirmProposal,
  disarmLabel,
  type Editor,
  exampleMark,
  type InHand,
  identicalRanges,
  type Keymap,
  type Label,
  markAt,
  markIdentical,
  markInHand,
  mayOverlap,
  openSuggestions,
  relates,
  selectedRange,
  takeSuggestion,
  toggleConnecting,
  type Workbench,
} from "@annex/annotator-core";
import { Kbd } from "@annex/ui";
import type { RefObject } from "react";
import { type Text, useText } from "../i18n/text";
import { AnsweredNotice } from "./AnsweredNotice";
import { HintLayer } from "./HintLayer";
import styles from "./InHandView.module.css";
import { LabelPicker } from "./LabelPicker";
import { LayeredSheet } from "./LayeredSheet";
import { LinkLayer } from "./LinkLayer";
import { ByPointer, MetaLine } from "./MetaLine";
import { Sheet } from "./Sheet";

export interface InHandViewProps {
  bench: Workbench;
  hand: InHand;
  labels: readonly Label[];
  keys: ReadonlyMap<string, string>;
  keymap: Keymap;
  sheet: RefObject<HTMLDivElement | null>;
  finder: RefObject<HTMLInputElement | null>;
}

/** Labels, text, and the line under it that says what is going on. */
export function InHandView(props: InHandViewProps) {
  const { bench, hand, labels, keys, keymap, sheet, finder } = props;
  const { editor } = hand;
  const text = useText().task;
  const press = (label: Label) =>
    bench.edit((state) =>
      hasSomethingInHand(state) || armedOf(state) !== label.id
        ? applyLabel(state, label.id)
        : disarmLabel(state),
    );
  return (
    <>
      <AnsweredNotice bench={bench} hand={hand} />
      <LabelPicker
        labels={labels}
        keys={keys}
        findKey={keymap["find-label"]}
        finder={finder}
        pressed={(label) => armedOf(editor) === label.id}
        onPick={press}
        onDone={() => sheet.current?.focus({ preventScroll: true })}
      >
        {relates(editor.question) ? (
          <button
            type="button"
            className={styles.do}
            aria-pressed={editor.connecting !== null}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => bench.edit(toggleConnecting)}
          >
            {text.connect} <Kbd>{keymap.connect}</Kbd>
          </button>
        ) : null}
        {editor.snap === "character" ? (
          <span className={styles.mode}>
            {text.characters} <Kbd>{keymap.characters}</Kbd>
          </span>
        ) : null}
      </LabelPicker>
      <div className={styles.frame}>
        {mayOverlap(editor.question) ? (
          <LayeredSheet bench={bench} editor={editor} labels={labels} sheet={sheet} />
        ) : (
          <Sheet bench={bench} editor={editor} labels={labels} sheet={sheet} />
        )}
        {editor.content.links.length > 0 ? (
          <LinkLayer editor={editor} labels={labels} sheet={sheet} />
        ) : null}
        {editor.hints ? <HintLayer editor={editor} sheet={sheet} /> : null}
      </div>
      <MetaLine bench={bench} editor={editor}>
        <Hint bench={bench} editor={editor} labels={labels} keymap={keymap} />
        {editor.caret ? null : <Identical bench={bench} editor={editor} keymap={keymap} />}
      </MetaLine>
      <p className="visually-hidden" aria-live="polite">
        {spokenState(editor, labels, text)}
      </p>
    </>
  );
}

type HintProps = Pick<InHandViewProps, "bench" | "labels" | "keymap"> & { editor: Editor };

interface DoProps {
  bench: Workbench;
  command: (editor: Editor) => Editor;
  shortcut: string;
  children: string;
}

/** A key's deed inside a sentence, for those who point or touch. */
function Do({ bench, command, shortcut, children }: DoProps) {
  return (
    <button
      type="button"
      className={styles.do}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => bench.edit(command)}
    >
      {children} <Kbd>{shortcut}</Kbd>
    </button>
  );
}

/** The label that the next mark, or while marks are connected the next connection, takes at once. */
function armedOf(editor: Editor): string | null {
  return editor.connecting ? editor.armedLink : editor.armed;
}

function hasSomethingInHand(editor: Editor): boolean {
  const { connecting } = editor;
  if (connecting)
    return connecting.head !== null && (connecting.child ?? markInHand(editor)) !== null;
  return Boolean(editor.proposal ?? selectedRange(editor) ?? editor.caret);
}

function Hint({ bench, editor, labels, keymap }: HintProps) {
  const text = useText().task;
  if (editor.hop) return <span>{text.hopping(editor.hop.typed)}</span>;
  if (editor.hints)
    return <span>{editor.hints.to === "word" ? text.hintingWord : text.hintingEnd}</span>;
  if (editor.proposal)
    return <ProposalHint bench={bench} editor={editor} labels={labels} keymap={keymap} />;
  if (selectedRange(editor) && !editor.armed) {
    return <ByPointer fine={text.pressLabel} coarse={text.tapLabel} />;
  }
  if (editor.connecting) return <ConnectHint editor={editor} keymap={keymap} />;
  const mark = markAt(editor, editor.caret);
  if (mark?.kind === "span") {
    return (
      <span>
        {text.labelChanges}{" "}
        <Do bench={bench} command={clearAtCaret} shortcut={keymap.clear}>
          {text.takeAway}
        </Do>{" "}
        <Identical bench={bench} editor={editor} keymap={keymap} />
      </span>
    );
  }
  if (mark) {
    return (
      <span>
        {text.labelCorrects}{" "}
        <Do bench={bench} command={takeSuggestion} shortcut={keymap["take-suggestion"]}>
          {text.take}
        </Do>{" "}
        <Do bench={bench} command={clearAtCaret} shortcut={keymap.clear}>
          {text.refuse}
        </Do>
      </span>
    );
  }
  if (openSuggestions(editor).length > 0) {
    return (
      <ByPointer
        fine={text.dashed(<Kbd>{keymap["next-suggestion"]}</Kbd>, <Kbd>{keymap.accept}</Kbd>)}
        coarse={text.dashedTouch}
      />
    );
  }
  if (editor.example.held_back) {
    return <span>{text.heldBack}</span>;
  }
  return (
    <ByPointer
      fine={text.howToMark(<Kbd>{keymap.forward}</Kbd>, <Kbd>{keymap.help}</Kbd>)}
      coarse={text.howToMarkTouch}
    />
  );
}

/** What comes next in connecting two marks. */
function ConnectHint({ editor, keymap }: Pick<HintProps, "editor" | "keymap">) {
  const text = useText().task;
  const [next, choose] = [
    <Kbd key="next">{keymap["next-mark"]}</Kbd>,
    <Kbd key="choose">{keymap.accept}</Kbd>,
  ];
  const { head, child } = editor.connecting ?? {};
  if (child) return <span>{text.connectUnder}</span>;
  return head ? (
    <ByPointer fine={text.chooseChild(next, choose)} coarse={text.tapChild} />
  ) : (
    <ByPointer fine={text.chooseHead(next, choose)} coarse={text.tapHead} />
  );
}

const SHOWN_WORDS = 40;

/** How many more of the same words there are, and the key that marks them all. */
function Identical({ bench, editor, keymap }: Omit<HintProps, "labels">) {
  const text = useText().task;
  const mark = exampleMark(editor);
  const more = mark ? identicalRanges(editor, mark).length : 0;
  if (!mark || more === 0) return null;
  const words = editor.index.slice(mark.start, Math.min(mark.end, mark.start + SHOWN_WORDS));
  return (
    <Do bench={bench} command={markIdentical} shortcut={keymap.identical}>
      {text.alsoIdentical(more, words)}
    </Do>
  );
}

function ProposalHint({ bench, editor, labels, keymap }: HintProps) {
  const text = useText().task;
  const { proposal } = editor;
  if (!proposal) return null;
  const name = (id: string) => labels.find((label) => label.id === id)?.name ?? text.aLabel;
  const replaced = proposal.replaces
    .map((span) => text.replaced(name(span.label), editor.index.slice(span.start, span.end)))
    .join(", ");
  return (
    <strong className={styles.warn} role="alert">
      {text.wouldReplace(name(proposal.span.label), <bdi>{replaced}</bdi>)}{" "}
      <Do bench={bench} command={confirmProposal} shortcut={keymap.accept}>
        {text.replace}
      </Do>{" "}
      <Do bench={bench} command={abandonProposal} shortcut={keymap["let-go"]}>
        {text.keep}
      </Do>
    </strong>
  );
}

/** What the caret stands on, for a screen reader. */
function spokenState(editor: Editor, labels: readonly Label[], text: Text["task"]): string {
  const range = selectedRange(editor) ?? editor.caret;
  if (!range) return "";
  const words = editor.index.slice(range.start, range.end);
  const mark = markAt(editor, range);
  if (!mark) return words;
  const name = labels.find((label) => label.id === mark.span.label)?.name ?? "";
  return mark.kind === "suggestion" ? text.spokenSuggested(words, name) : text.spoken(words, name);
}
