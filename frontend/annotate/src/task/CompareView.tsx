import { type InHand, TextIndex, type Workbench } from "@annex/annotator-core";
import { Kbd } from "@annex/ui";
import { type RefObject, useMemo } from "react";
import { useText } from "../i18n/text";
import { AnsweredNotice } from "./AnsweredNotice";
import { Passage } from "./Chunks";
import styles from "./CompareView.module.css";
import { ByPointer, MetaLine } from "./MetaLine";
import { Reading } from "./Reading";

export interface CompareViewProps {
  bench: Workbench;
  hand: InHand;
  sheet: RefObject<HTMLDivElement | null>;
}

const NO_OPTIONS: readonly string[] = [];

/** The text, and under it the options in the order given; picking one answers. */
export function CompareView({ bench, hand, sheet }: CompareViewProps) {
  const { task } = useText();
  const { editor } = hand;
  const options = editor.example.options ?? NO_OPTIONS;
  return (
    <>
      <AnsweredNotice bench={bench} hand={hand} />
      <Reading sheet={sheet} label={task.textToCompare}>
        <Passage index={editor.index} />
      </Reading>
      <MetaLine bench={bench} editor={editor}>
        <ByPointer fine={task.pickOne} coarse={task.pickOneTouch} />
      </MetaLine>
      <fieldset className={styles.options} data-count={options.length}>
        <legend className="visually-hidden">{task.options}</legend>
        {options.map((option, at) => (
          <Option
            // biome-ignore lint/suspicious/noArrayIndexKey: options may repeat and never move
            key={at}
            place={at + 1}
            text={option}
            isPicked={editor.content.picked === at}
            onPick={() => bench.pick(at)}
          />
        ))}
      </fieldset>
    </>
  );
}

interface OptionProps {
  place: number;
  text: string;
  isPicked: boolean;
  onPick: () => void;
}

function Option({ place, text, isPicked, onPick }: OptionProps) {
  const { task } = useText();
  const index = useMemo(() => new TextIndex(text), [text]);
  return (
    <button
      type="button"
      className={styles.option}
      aria-pressed={isPicked}
      aria-keyshortcuts={String(place)}
      // The text keeps the keyboard.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onPick}
    >
      <span className={styles.head}>
        {task.option(place)} <Kbd>{String(place)}</Kbd>
      </span>
      <div className={styles.words} dir="auto" translate="no">
        <Passage index={index} />
      </div>
    </button>
  );
}
