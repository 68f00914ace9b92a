import { bySpanStart, type Range, TextIndex } from "@annex/annotator-core";
import { LABEL_PALETTE, LabelChip, labelClass, labelStyle } from "@annex/ui";
import { useText } from "../i18n/text";
import type { Preview, PreviewRow, PreviewSpan } from "./assets";
import styles from "./Data.module.css";

/** Twenty rows as they will be read, with the marks they bring. */
export function PreviewTable({ preview }: { preview: Preview }) {
  const { data, format } = useText();
  const names = preview.labels_found.map((label) => label.name);
  const colourOf = (label: string) =>
    LABEL_PALETTE[Math.max(0, names.indexOf(label)) % LABEL_PALETTE.length] ?? LABEL_PALETTE[0];
  if (preview.rows.length === 0) {
    return <p>{data.noRow}</p>;
  }
  return (
    <>
      {names.length > 0 ? (
        <div className={styles.roots}>
          {preview.labels_found.map((label) => (
            <LabelChip key={label.name} name={label.name} colour={colourOf(label.name)}>
              <span>{format.number(label.count)}</span>
            </LabelChip>
          ))}
        </div>
      ) : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable without a mouse */}
      <ol className={styles.preview} tabIndex={0} aria-label={data.firstRows}>
        {preview.rows.map((row, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no id yet and never move
          <li key={at}>
            <p dir="auto" translate="no">
              {row.text === null ? (
                <em>{data.noText(row.line)}</em>
              ) : (
                <MarkedText text={row.text} row={row} colourOf={colourOf} />
              )}
            </p>
            {row.choices.length > 0 ? (
              <span className={styles.choices}>
                {row.choices.map((name) => (
                  <LabelChip key={name} name={name} colour={colourOf(name)} />
                ))}
              </span>
            ) : null}
            {row.answer && row.answer !== "accept" ? <small>{row.answer}</small> : null}
            {row.problem ? (
              <small className={styles.bad}>
                {row.file ? <bdi translate="no">{row.file}: </bdi> : null}
                {data.cannotBeUsed(row.line)}
              </small>
            ) : null}
          </li>
        ))}
      </ol>
    </>
  );
}

interface MarkedTextProps {
  text: string;
  row: PreviewRow;
  colourOf: (label: string) => string;
}

interface Mark extends Range {
  readonly label: string;
}

function MarkedText({ text, row, colourOf }: MarkedTextProps) {
  const index = new TextIndex(text);
  const parts: (string | Mark)[] = [];
  let at = 0;
  for (const mark of drawableMarks(row.spans, index.length)) {
    if (mark.start < at) continue;
    parts.push(index.slice(at, mark.start), mark);
    at = mark.end;
  }
  parts.push(index.slice(at, index.length));
  return parts.map((part, key) =>
    typeof part === "string" ? (
      part
    ) : (
      <mark
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text never move
        key={key}
        className={`${labelClass} ${styles.mark}`}
        style={labelStyle(colourOf(part.label))}
        title={part.label}
      >
        {index.slice(part.start, part.end)}
      </mark>
    ),
  );
}

/** The file's marks that fit the text, in order; what does not fit is named among the problems. */
function drawableMarks(spans: readonly PreviewSpan[], length: number): readonly Mark[] {
  const marks: Mark[] = [];
  for (const { start, end, label } of spans) {
    if (typeof start !== "number" || typeof end !== "number") continue;
    if (start >= 0 && start < end && end <= length) marks.push({ start, end, label });
  }
  return marks.sort(bySpanStart);
}
