import {
  type Editor,
  type InHand,
  type Keymap,
  type Label,
  openSuggested,
  type Workbench,
} from "@annex/annotator-core";
import { Kbd, LabelChip } from "@annex/ui";
import type { RefObject } from "react";
import { useText } from "../i18n/text";
import { AnsweredNotice } from "./AnsweredNotice";
import { Passage } from "./Chunks";
import styles from "./ClassifyView.module.css";
import { LabelPicker } from "./LabelPicker";
import { ByPointer, MetaLine } from "./MetaLine";
import { Reading } from "./Reading";

export interface ClassifyViewProps {
  bench: Workbench;
  hand: InHand;
  labels: readonly Label[];
  keys: ReadonlyMap<string, string>;
  keymap: Keymap;
  sheet: RefObject<HTMLDivElement | null>;
}

/** The text to read, as long as it may be. */
export function ClassifyView({ bench, hand, labels, keymap, sheet }: ClassifyViewProps) {
  const { task } = useText();
  const { editor } = hand;
  return (
    <>
      <AnsweredNotice bench={bench} hand={hand} />
      {editor.question.kind === "yes-no" ? <Asked label={labels[0]} /> : null}
      <Reading sheet={sheet} label={task.textToClassify}>
        <Passage index={editor.index} />
      </Reading>
      <MetaLine bench={bench} editor={editor}>
        <Hint editor={editor} keymap={keymap} />
      </MetaLine>
    </>
  );
}

/** The one label is the question. */
function Asked({ label }: { label: Label | undefined }) {
  const { task } = useText();
  if (!label) return null;
  return (
    <p className={styles.asked}>
      {task.doesItFit} <LabelChip name={label.name} colour={label.colour} />
    </p>
  );
}

/** Every label of the task, under the text and always in sight. */
export function Choices({
  bench,
  hand,
  labels,
  keys,
  keymap,
  sheet,
  finder,
}: ClassifyViewProps & { finder: RefObject<HTMLInputElement | null> }) {
  const { editor } = hand;
  if (editor.question.kind === "yes-no") return null;
  const open = new Set(openSuggested(editor));
  const chosen = new Set(editor.content.choices);
  return (
    <LabelPicker
      labels={labels}
      keys={keys}
      findKey={keymap["find-label"]}
      finder={finder}
      pressed={(label) => chosen.has(label.id)}
      suggested={(label) => open.has(label.id)}
      onPick={(label) => bench.choose(label.id)}
      onDone={() => sheet.current?.focus({ preventScroll: true })}
    />
  );
}

function Hint({ editor, keymap }: { editor: Editor; keymap: Keymap }) {
  const { task } = useText();
  const accept = <Kbd>{keymap.accept}</Kbd>;
  if (editor.example.held_back) return <span>{task.heldBack}</span>;
  if (openSuggested(editor).length > 0) {
    const refuse = <Kbd>{keymap.clear}</Kbd>;
    return <ByPointer fine={task.dashedLabels(accept, refuse)} coarse={task.dashedLabelsTouch} />;
  }
  switch (editor.question.kind) {
    case "one":
      return <ByPointer fine={task.chooseOne} coarse={task.chooseOneTouch} />;
    case "any":
      return <ByPointer fine={task.chooseAny(accept)} coarse={task.chooseAnyTouch} />;
    default:
      return null;
  }
}
