import { useCallback } from "react";
import { useLoaded } from "../app/loading";
import { Failed, Loading } from "../app/Page";
import { useText } from "../i18n/text";
import { getProblems, type RowProblem } from "./assets";
import styles from "./Data.module.css";

/** Bad rows of an import, by line. */
export function ProblemList({ asset }: { asset: string }) {
  const { data } = useText();
  const load = useCallback(() => getProblems(asset), [asset]);
  const { state, reload } = useLoaded(load);
  if (state.kind === "loading") return <Loading />;
  if (state.kind === "failed") return <Failed problem={state.problem} onRetry={reload} />;
  const { listed, total } = state.value;
  return (
    <>
      <Problems problems={listed} />
      {total > listed.length ? <p>{data.andMore(total - listed.length)}</p> : null}
    </>
  );
}

export function Problems({ problems }: { problems: readonly RowProblem[] }) {
  const { data, frame, format } = useText();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable without a mouse
    <ul className={styles.problems} tabIndex={0} aria-label={data.badRows}>
      {problems.map((problem) => (
        <li key={`${problem.file}:${problem.line}${problem.code}`}>
          <b>
            {problem.file ? <bdi translate="no">{problem.file}: </bdi> : null}
            {frame.line(format.number(problem.line))}
          </b>{" "}
          <span>{problem.message}</span>
        </li>
      ))}
    </ul>
  );
}
