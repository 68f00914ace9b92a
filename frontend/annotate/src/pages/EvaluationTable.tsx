import type { ReactNode } from "react";
import { Card } from "../app/Page";
import { useText } from "../i18n/text";
import type { Evaluation, Figures, Measured } from "./model";
import styles from "./Pages.module.css";

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
  const { pages } = useText();
  const { overall, per_label } = evaluation.scores;
  return (
    <Card title={pages.howGood} aside={pages.wordsPerSecondCount(evaluation.words_per_second)}>
      <p>
        {pages.howGoodWhat({
          training: evaluation.training_examples,
          evaluation: evaluation.evaluation_examples,
          found: 100 * overall.recall,
          wrong: 100 * (1 - overall.precision),
        })}
      </p>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th>{pages.label}</th>
              <th className={styles.number}>F</th>
              <th className={styles.number}>{pages.precision}</th>
              <th className={styles.number}>{pages.recall}</th>
              <th className={styles.number}>{pages.inTheData}</th>
            </tr>
          </thead>
          <tbody>
            <FiguresRow name={<b>{pages.all}</b>} figures={overall} />
            {Object.entries(per_label).map(([name, figures]) => (
              <FiguresRow key={name} name={name} figures={figures} />
            ))}
          </tbody>
        </table>
      </div>
      <p>
        <a href={`/evaluations/${evaluation.id}`}>{pages.seeMistakes}</a>
      </p>
    </Card>
  );
}

/** What fewer answers would have given: whether more of them still help. */
function CurveTable({ curve }: { curve: readonly Evaluation[] }) {
  const { format, pages } = useText();
  return (
    <Card title={pages.learningCurve} aside={pages.learningCurveWhat}>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th className={styles.number}>{pages.answers}</th>
              <th className={styles.number}>F</th>
              <th className={styles.number}>{pages.precision}</th>
              <th className={styles.number}>{pages.recall}</th>
              <th className={styles.number}>{pages.wordsPerSecond}</th>
            </tr>
          </thead>
          <tbody>
            {curve.map(({ id, training_examples, scores: { overall }, words_per_second }) => (
              <tr key={id}>
                <td className={styles.number}>{format.number(training_examples)}</td>
                <td className={styles.number}>{format.points(overall.f)}</td>
                <td className={styles.number}>{format.points(overall.precision)}</td>
                <td className={styles.number}>{format.points(overall.recall)}</td>
                <td className={styles.number}>{format.number(words_per_second)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

function FiguresRow({ name, figures }: { name: ReactNode; figures: Figures }) {
  const { format } = useText();
  return (
    <tr>
      <td>{name}</td>
      <td className={styles.number}>{format.points(figures.f)}</td>
      <td className={styles.number}>{format.points(figures.precision)}</td>
      <td className={styles.number}>{format.points(figures.recall)}</td>
      <td className={styles.number}>{format.number(figures.support)}</td>
    </tr>
  );
}
