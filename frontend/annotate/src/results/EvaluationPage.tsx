import { Blank } from "@annex/ui";
import { useCallback } from "react";
import { useLoaded } from "../app/loading";
import { Card, Failed, Loading, Page } from "../app/Page";
import { http } from "../app/session";
import { useText } from "../i18n/text";
import { ConfusionTable, FiguresTable } from "./FiguresTable";
import { Findings } from "./Findings";
import styles from "./Results.module.css";
import { type Evaluation, isOfWholes, type Side } from "./shapes";

/** `/evaluations/<evaluation>`: all figures, and the texts that went wrong. */
export default function EvaluationPage({ id }: { id: string }) {
  const load = useCallback(() => http.get<Evaluation>(`/api/evaluations/${id}`), [id]);
  const { results } = useText();
  const { state, reload } = useLoaded(load);
  if (state.kind === "ready") return <Measured evaluation={state.value} />;
  return (
    <Page title={results.evaluation}>
      {state.kind === "loading" ? <Loading /> : <Failed problem={state.problem} onRetry={reload} />}
    </Page>
  );
}

function Measured({ evaluation }: { evaluation: Evaluation }) {
  const { format, results } = useText();
  const { overall, low, high } = evaluation;
  return (
    <Page
      title={results.measuredOn(evaluation.predictor_name, evaluation.dataset_name)}
      lead={results.measuredWhat({
        examples: evaluation.evaluation_examples,
        found: 100 * overall.recall,
        wrong: 100 * (1 - overall.precision),
        isWhole: isOfWholes(evaluation.component),
      })}
    >
      <Card
        title={results.figures}
        aside={low === null || high === null ? null : results.between(low, high)}
      >
        <FiguresTable evaluation={evaluation} />
        <p className={styles.quiet}>
          {results.nothingHidden} {format.moment(evaluation.at)}.{" "}
          <a href={`/try/${evaluation.project}`}>{results.tryTitle}</a>
        </p>
      </Card>
      {evaluation.confusion.length > 0 ? (
        <Card title={results.confusion} aside={results.confusionWhat}>
          <ConfusionTable cells={evaluation.confusion} />
        </Card>
      ) : null}
      <Rivals evaluation={evaluation} />
      {evaluation.mistakes === null ? (
        <Blank title={results.onlyFigures}>{results.onlyFiguresWhat}</Blank>
      ) : (
        <Findings evaluation={evaluation} counts={evaluation.mistakes} />
      )}
    </Page>
  );
}

/** Other predictors on the same texts, each a click from the difference. */
function Rivals({ evaluation: { id } }: { evaluation: Evaluation }) {
  const load = useCallback(
    () => http.get<{ rivals: readonly Side[] }>(`/api/evaluations/${id}/rivals`),
    [id],
  );
  const { format, results } = useText();
  const { state } = useLoaded(load);
  if (state.kind !== "ready" || state.value.rivals.length === 0) return null;
  return (
    <Card title={results.compare} aside={results.compareWhat}>
      <ul className={styles.rivals}>
        {state.value.rivals.map((rival) => (
          <li key={rival.id}>
            <a href={`/evaluations/${id}/against/${rival.id}`}>
              <bdi>{rival.predictor_name}</bdi>
            </a>
            <span className={styles.quiet}>F {format.points(rival.f)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
