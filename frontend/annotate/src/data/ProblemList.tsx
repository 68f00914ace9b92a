import { useCallback } from "react";
import { useLoaded } from "../app/loading";
import { Failed, Loading } from "../app/Page";
import { useText } from "../i18n/text";
import { type FileFormat, getProblems, type Preview, type RowProblem } from "./assets";
import styles from "./Data.module.css";

/** Bad rows of an import, by line. */
export function ProblemList({ asset, format }: { asset: string; format?: FileFormat | undefined }) {
  const { data } = useText();
  const load = useCallback(() => getProblems(asset), [asset]);
  const { state, reload } = useLoaded(load);
  if (state.kind === "loading") return <Loading />;
  if (state.kind === "failed") return <Failed problem={state.problem} onRetry={reload} />;
  const { listed, total } = state.value;
  return (
    <>
      <Problems problems={listed} format={format} />
      {total > listed.length ? <p>{data.andMore(total - listed.length)}</p> : null}
    </>
  );
}

/** How many rows have which problem, and what one can do about it. */
export function ProblemKinds({ found }: { found: Preview["problems_found"] }) {
  const { data } = useText();
  return (
    <ul className={styles.kinds}>
      {found.map(({ code, count }) => (
        <li key={code}>
          <b>{data.problemRows(count)}:</b> {data.problemKinds[code] ?? data.otherProblem}
        </li>
      ))}
    </ul>
  );
}

/** In these, what is counted is no line of text. */
const WITHOUT_LINES: readonly (FileFormat | undefined)[] = [
  "json",
  "label_studio",
  "parquet",
  "spacy",
];

export function Problems({
  problems,
  format: fileFormat,
}: {
  problems: readonly RowProblem[];
  format: FileFormat | undefined;
}) {
  const { data, frame, format } = useText();
  const place = WITHOUT_LINES.includes(fileFormat) ? data.row : frame.line;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable without a mouse
    <ul className={styles.problems} tabIndex={0} aria-label={data.badRows}>
      {problems.map((problem) => (
        <li key={`${problem.file}:${problem.line}${problem.code}`}>
          <b>
            {problem.file ? <bdi translate="no">{problem.file}: </bdi> : null}
            {place(format.number(problem.line))}
          </b>{" "}
          <span>{problem.message}</span>
        </li>
      ))}
    </ul>
  );
}
