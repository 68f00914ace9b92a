import { Card } from "../app/Page";
import type { Evaluation, LabelScore, ModelLabel } from "./model";
import styles from "./Pages.module.css";

const figure = (value: number) => value.toFixed(1);

/** Every figure, also the small ones that are not sent to the control plane. */
export function EvaluationTable({
  evaluation,
  labels,
}: {
  evaluation: Evaluation;
  labels: readonly ModelLabel[];
}) {
  const { precision, recall } = evaluation;
  const speed = evaluation.words_per_second;
  const aside = speed ? `${Math.round(speed).toLocaleString("en")} words/s` : undefined;
  return (
    <Card title="How good it is" aside={aside}>
      <p>
        It finds {Math.round(recall)} of 100; {Math.round(100 - precision)} of 100 of its marks are
        wrong.
      </p>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th>Label</th>
              <th className={styles.number}>F</th>
              <th className={styles.number}>Precision</th>
              <th className={styles.number}>Recall</th>
              <th className={styles.number}>In the data</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <td>
                <b>All</b>
              </td>
              <td className={styles.number}>
                <b>{figure(evaluation.f)}</b>
              </td>
              <td className={styles.number}>{figure(precision)}</td>
              <td className={styles.number}>{figure(recall)}</td>
              <td className={styles.number}>
                {evaluation.per_label
                  .reduce((sum, score) => sum + score.support, 0)
                  .toLocaleString("en")}
              </td>
            </tr>
            {evaluation.per_label.map((score) => (
              <tr key={score.label ?? score.name}>
                <td>{nameOf(score, labels)}</td>
                <td className={styles.number}>{figure(score.f)}</td>
                <td className={styles.number}>{figure(score.precision)}</td>
                <td className={styles.number}>{figure(score.recall)}</td>
                <td className={styles.number}>{score.support.toLocaleString("en")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

function nameOf(score: LabelScore, labels: readonly ModelLabel[]): string {
  const known = labels.find((label) => typeof label !== "string" && label.id === score.label);
  return score.name ?? (known && typeof known !== "string" ? known.name : (score.label ?? ""));
}
