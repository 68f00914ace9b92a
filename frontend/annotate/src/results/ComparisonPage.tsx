import { Blank } from "@annex/ui";
import { useCallback, useState } from "react";
import { useLoaded } from "../app/loading";
import { Card, Failed, Loading, Page } from "../app/Page";
import { http } from "../app/session";
import { useText } from "../i18n/text";
import { Said } from "./MarkedText";
import styles from "./Results.module.css";
import type { Change, Comparison, ShownPair } from "./shapes";

const CHANGES: readonly Change[] = ["broken", "fixed"];

/** `/evaluations/<evaluation>/against/<other>`: what one fixes of the other, and what it breaks. */
export default function ComparisonPage({ id, other }: { id: string; other: string }) {
  const [change, setChange] = useState<Change>("broken");
  const path = `/api/evaluations/${id}/against/${other}?change=${change}`;
  const load = useCallback(() => http.get<Comparison>(path), [path]);
  const { results } = useText();
  const { state, reload } = useLoaded(load);
  if (state.kind === "ready") {
    return <Compared comparison={state.value} change={change} onChange={setChange} />;
  }
  return (
    <Page title={results.comparison}>
      {state.kind === "loading" ? <Loading /> : <Failed problem={state.problem} onRetry={reload} />}
    </Page>
  );
}

interface ComparedProps {
  comparison: Comparison;
  change: Change;
  onChange: (change: Change) => void;
}

function Compared({ comparison, change, onChange }: ComparedProps) {
  const { format, results } = useText();
  const { before, after, changes } = comparison;
  return (
    <Page
      title={results.againstTitle(after.predictor_name, before.predictor_name)}
      lead={results.verdict({
        after: after.predictor_name,
        before: before.predictor_name,
        difference: comparison.difference,
        low: comparison.low,
        high: comparison.high,
        isTold: comparison.is_told,
      })}
    >
      <Card title={results.texts(comparison.shown.length, changes[change])}>
        <p>
          {results.changed(changes, after.predictor_name, before.predictor_name)}{" "}
          <a href={`/evaluations/${after.id}`}>
            <bdi>{after.predictor_name}</bdi>
          </a>{" "}
          F {format.points(after.f)} ·{" "}
          <a href={`/evaluations/${before.id}`}>
            <bdi>{before.predictor_name}</bdi>
          </a>{" "}
          F {format.points(before.f)}
        </p>
        <fieldset className={styles.kinds}>
          <legend className="visually-hidden">{results.byChange}</legend>
          {CHANGES.map((one) => (
            <button
              key={one}
              type="button"
              className={styles.kind}
              aria-pressed={one === change}
              onClick={() => onChange(one)}
            >
              {results.changeNames[one]} {format.number(changes[one])}
            </button>
          ))}
        </fieldset>
        {comparison.shown.length === 0 ? <Blank title={results.noSuchTexts}>{null}</Blank> : null}
        <ol className={styles.findings}>
          {comparison.shown.map((pair) => (
            <Pair key={pair.example} pair={pair} comparison={comparison} />
          ))}
        </ol>
      </Card>
    </Page>
  );
}

function Pair({ pair, comparison }: { pair: ShownPair; comparison: Comparison }) {
  const { results } = useText();
  const answers = [pair.gold, pair.before, pair.after];
  const isWhole = answers.every((one) => one.spans.length === 0);
  const shared = {
    text: pair.text,
    labels: comparison.labels,
    isWhole,
    isCutBefore: pair.is_cut_before,
    isCutAfter: pair.is_cut_after,
  };
  return (
    <li className={styles.finding}>
      {isWhole ? (
        <p className={styles.whole} dir="auto" translate="no">
          {pair.text}
        </p>
      ) : null}
      <Said who={results.right} answer={pair.gold} source="decision" {...shared} />
      <Said
        who={comparison.before.predictor_name}
        answer={pair.before}
        source="suggestion"
        {...shared}
      />
      <Said
        who={comparison.after.predictor_name}
        answer={pair.after}
        source="suggestion"
        {...shared}
      />
    </li>
  );
}
