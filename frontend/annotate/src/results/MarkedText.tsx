import { LabelChip, labelClass, labelStyle } from "@annex/ui";
import { useText } from "../i18n/text";
import sheet from "../task/Sheet.module.css";
import { cut } from "./pieces";
import styles from "./Results.module.css";
import type { LabelLook, ShownAnswer, ShownMark } from "./shapes";

const NO_COLOUR = "#808080";

export type Source = "decision" | "suggestion";

interface MarkedTextProps {
  text: string;
  marks: readonly ShownMark[];
  labels: readonly LabelLook[];
  source: Source;
}

/** A text with its marks as on the annotation screen: decisions filled, suggestions dashed. */
export function MarkedText({ text, marks, labels, source }: MarkedTextProps) {
  return (
    <span className={styles.text} dir="auto" translate="no">
      {cut(text, marks).map((piece) =>
        piece.label === null ? (
          piece.text
        ) : (
          <mark
            key={piece.start}
            className={`${labelClass} ${sheet.mark} ${source === "suggestion" ? sheet.suggestion : ""}`}
            style={labelStyle(colourOf(piece.label, labels))}
            data-name={piece.label}
          >
            {piece.text}
          </mark>
        ),
      )}
    </span>
  );
}

export function colourOf(name: string, labels: readonly LabelLook[]): string {
  return labels.find((label) => label.name === name)?.colour ?? NO_COLOUR;
}

interface SaidProps {
  who: string;
  text: string;
  answer: ShownAnswer;
  labels: readonly LabelLook[];
  source: Source;
  /** A text of which the labels as a whole are asked for, not marks in it. */
  isWhole: boolean;
  isCutBefore?: boolean;
  isCutAfter?: boolean;
}

/** One row: who says it, and what. */
export function Said(props: SaidProps) {
  const { who, text, answer, labels, source, isWhole, isCutBefore, isCutAfter } = props;
  return (
    <div className={styles.said}>
      <span className={styles.who}>{who}</span>
      {isWhole ? (
        <Chosen answer={answer} labels={labels} source={source} />
      ) : (
        <div className={styles.reading}>
          {isCutBefore ? "… " : ""}
          <MarkedText text={text} marks={answer.spans} labels={labels} source={source} />
          {isCutAfter ? " …" : ""}
        </div>
      )}
    </div>
  );
}

function Chosen({ answer, labels, source }: Pick<SaidProps, "answer" | "labels" | "source">) {
  const { format, results } = useText();
  const sureness = (name: string) => {
    const score = answer.scores[name];
    return score === undefined ? null : (
      <span className={styles.score}>{format.percent(score)}</span>
    );
  };
  if (answer.refused.length > 0) {
    return <span>{results.refused(format.list(answer.refused))}</span>;
  }
  if (answer.choices.length === 0) return <span className={styles.quiet}>{results.none}</span>;
  return (
    <span className={`${styles.chips} ${source === "suggestion" ? styles.dashed : ""}`}>
      {answer.choices.map((name) => (
        <LabelChip key={name} name={name} colour={colourOf(name, labels)}>
          {sureness(name)}
        </LabelChip>
      ))}
    </span>
  );
}
