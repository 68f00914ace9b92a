import type { ReactNode } from "react";
import { Card } from "../app/Page";
import type { Evaluation, Figures, Measured } from "./model";
import styles from "./Pages.module.css";

const points = (ratio: number) => (100 * ratio).toFixed(1);
const count = (value: number) => Math.round(value).toLocaleString("en");

/** The model as it is, in full, and the points on the way there in one table. */
export function MeasuredCards({ measured: { full, curve } }: { measured: Measured }) {
  return (
    <>
      <EvaluationTable evaluation={full} />
      {curve.length > 0 ? <CurveTable curve={curve} /> : null}
    </>
  );
}

/** Every figure, also the small ones that are not sent to the control plane. */
function EvaluationTable({ evaluation }: { evaluation: Evaluation }) {
  const { overall, per_label } = evaluation.scores;
  return (
    <Card title="How good it is" aside={`${count(evaluation.words_per_second)} words/s`}>
      <p>
        Trained on {count(evaluation.training_examples)} answers, measured on{" "}
        {count(evaluation.evaluation_examples)} held-back examples: it finds{" "}
        {Math.round(100 * overall.recall)} of 100; {Math.round(100 * (1 - overall.precision))} of
        100 of its marks are wrong.
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
            <FiguresRow name={<b>All</b>} figures={overall} />
            {Object.entries(per_label).map(([name, figures]) => (
              <FiguresRow key={name} name={name} figures={figures} />
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

/** What fewer answers would have given: whether more of them still help. */
function CurveTable({ curve }: { curve: readonly Evaluation[] }) {
  return (
    <Card title="Learning curve" aside="trained again on a part of the answers">
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th className={styles.number}>Answers</th>
              <th className={styles.number}>F</th>
              <th className={styles.number}>Precision</th>
              <th className={styles.number}>Recall</th>
              <th className={styles.number}>Words/s</th>
            </tr>
          </thead>
          <tbody>
            {curve.map(({ id, training_examples, scores: { overall }, words_per_second }) => (
              <tr key={id}>
                <td className={styles.number}>{count(training_examples)}</td>
                <td className={styles.number}>{points(overall.f)}</td>
                <td className={styles.number}>{points(overall.precision)}</td>
                <td className={styles.number}>{points(overall.recall)}</td>
                <td className={styles.number}>{count(words_per_second)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

function FiguresRow({ name, figures }: { name: ReactNode; figures: Figures }) {
  return (
    <tr>
      <td>{name}</td>
      <td className={styles.number}>{points(figures.f)}</td>
      <td className={styles.number}>{points(figures.precision)}</td>
      <td className={styles.number}>{points(figures.recall)}</td>
      <td className={styles.number}>{count(figures.support)}</td>
    </tr>
  );
}
