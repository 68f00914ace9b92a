import {
  drawnChunks,
  type InHand,
  type Keymap,
  type Label,
  sameDrawing,
  type Workbench,
} from "@annex/annotator-core";
import { Kbd, LabelChip } from "@annex/ui";
import { type RefObject, useMemo } from "react";
import { useText } from "../i18n/text";
import { AnsweredNotice } from "./AnsweredNotice";
import { cutClass } from "./Chunks";
import { useJoins } from "./joining";
import styles from "./MarkView.module.css";
import { ByPointer, MetaLine } from "./MetaLine";
import { Reading } from "./Reading";
import { Marks } from "./Sheet";

export interface MarkViewProps {
  bench: Workbench;
  hand: InHand;
  labels: readonly Label[];
  keymap: Keymap;
  sheet: RefObject<HTMLDivElement | null>;
}

/** The text with all that is suggested of it, to be accepted or rejected as it stands. */
export function MarkView({ bench, hand, labels, keymap, sheet }: MarkViewProps) {
  const { task } = useText();
  const { editor } = hand;
  // Nothing is refused here one by one, whatever an earlier answer says.
  const shown = useMemo(
    () => drawnChunks({ ...editor, content: { ...editor.content, dismissed: [] } }),
    [editor],
  );
  const isCut = useJoins(sheet, shown, sameDrawing);
  return (
    <>
      <AnsweredNotice bench={bench} hand={hand} />
      <Suggested labels={labels} suggested={editor.example.suggested} />
      <Reading
        sheet={sheet}
        label={task.textToJudge}
        className={`${styles.marked} ${isCut ? cutClass : ""}`}
      >
        <Marks drawn={shown} labels={labels} />
      </Reading>
      <MetaLine bench={bench} editor={editor}>
        <ByPointer
          fine={task.howToJudge(<Kbd>{keymap.accept}</Kbd>, <Kbd>{keymap.reject}</Kbd>)}
          coarse={task.howToJudgeTouch}
        />
      </MetaLine>
    </>
  );
}

/** Labels suggested for the whole text. */
function Suggested({
  labels,
  suggested,
}: Pick<MarkViewProps, "labels"> & { suggested: readonly string[] }) {
  const known = labels.filter((label) => suggested.includes(label.id));
  if (known.length === 0) return null;
  return (
    <div className={styles.suggested}>
      {known.map((label) => (
        <LabelChip key={label.id} name={label.name} colour={label.colour} suggested />
      ))}
    </div>
  );
}
