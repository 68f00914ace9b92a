import { type InHand, type Keymap, type Workbench, write } from "@annex/annotator-core";
import { controlClass, Field, Kbd } from "@annex/ui";
import type { KeyboardEvent, RefObject } from "react";
import { useText } from "../i18n/text";
import { AnsweredNotice } from "./AnsweredNotice";
import { Passage } from "./Chunks";
import { ByPointer, MetaLine } from "./MetaLine";
import { Reading } from "./Reading";
import styles from "./WriteView.module.css";

export interface WriteViewProps {
  bench: Workbench;
  hand: InHand;
  keymap: Keymap;
  sheet: RefObject<HTMLDivElement | null>;
  field: RefObject<HTMLTextAreaElement | null>;
}

const LENGTH = 20_000;

/** The text to answer, and the field for the answer. */
export function WriteView({ bench, hand, keymap, sheet, field }: WriteViewProps) {
  const { task } = useText();
  const { editor } = hand;
  return (
    <>
      <AnsweredNotice bench={bench} hand={hand} />
      <Reading sheet={sheet} label={task.textToAnswer}>
        <Passage index={editor.index} />
      </Reading>
      <MetaLine bench={bench} editor={editor}>
        <ByPointer
          fine={task.howToWrite(
            <Kbd>{task.keyToAccept}</Kbd>,
            <Kbd>{task.keyToLeave}</Kbd>,
            <Kbd>{keymap["find-label"]}</Kbd>,
          )}
          coarse={task.howToWriteTouch}
        />
      </MetaLine>
      <WrittenField bench={bench} hand={hand} sheet={sheet} field={field} />
    </>
  );
}

/** Every key belongs to the words but two: one accepts, one goes back to the page's keys. */
function WrittenField({ bench, hand, sheet, field }: Omit<WriteViewProps, "keymap">) {
  const { task } = useText();
  const listen = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      bench.submit("accept");
    }
    if (event.key === "Escape") {
      event.preventDefault();
      sheet.current?.focus({ preventScroll: true });
    }
  };
  return (
    <Field label={task.yourAnswer}>
      {(control) => (
        <textarea
          {...control}
          ref={field}
          className={`${controlClass} ${styles.field}`}
          rows={4}
          value={hand.editor.content.written ?? ""}
          maxLength={LENGTH}
          autoComplete="off"
          translate="no"
          dir="auto"
          spellCheck={false}
          onChange={(event) => bench.edit((state) => write(state, event.target.value))}
          onKeyDown={listen}
        />
      )}
    </Field>
  );
}
