import type { ReactNode } from "react";
import { useText } from "../i18n/text";
import pages from "../pages/Pages.module.css";
import styles from "./Results.module.css";
import type { Confused, Evaluation, Figures } from "./shapes";

/** All labels together, their mean, and each for itself. */
export function FiguresTable({ evaluation }: { evaluation: Evaluation }) {
  const { format, pages: words, results } = useText();
  const { overall, macro, per_label } = evaluation;
  const hasArea = per_label.some((row) => row.roc_auc !== null);
  const area = (value: number | null) => (value === null ? "–" : format.points(value));
  return (
    <div className={pages.scroll}>
      <table className={pages.table}>
        <thead>
          <tr>
            <th>{words.label}</th>
            <th className={pages.number}>F</th>
            <th className={pages.number}>{words.precision}</th>
            <th className={pages.number}>{words.recall}</th>
            {hasArea ? <th className={pages.number}>{results.rocAuc}</th> : null}
            <th className={pages.number}>{words.inTheData}</th>
          </tr>
        </thead>
        <tbody>
          <Row name={<b>{words.all}</b>} figures={overall}>
            {hasArea ? <td /> : null}
            <td className={pages.number}>{format.number(overall.support)}</td>
          </Row>
          <Row name={results.macro} figures={macro}>
            {hasArea ? <td /> : null}
            <td />
          </Row>
          {per_label.map((row) => (
            <Row key={row.label} name={<bdi>{row.label}</bdi>} figures={row}>
              {hasArea ? <td className={pages.number}>{area(row.roc_auc)}</td> : null}
              <td className={pages.number}>{format.number(row.support)}</td>
            </Row>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row(props: { name: ReactNode; figures: Figures; children: ReactNode }) {
  const { format } = useText();
  const { f, precision, recall } = props.figures;
  return (
    <tr>
      <td>{props.name}</td>
      <td className={pages.number}>{format.points(f)}</td>
      <td className={pages.number}>{format.points(precision)}</td>
      <td className={pages.number}>{format.points(recall)}</td>
      {props.children}
    </tr>
  );
}

/** Rows: what is right; columns: what was said; the darker, the more of a row. */
export function ConfusionTable({ cells }: { cells: readonly Confused[] }) {
  const { format, results } = useText();
  const names = [...new Set(cells.flatMap((cell) => [cell.gold, cell.predicted]))].sort();
  const count = (gold: string, predicted: string) =>
    cells.find((cell) => cell.gold === gold && cell.predicted === predicted)?.count ?? 0;
  const total = (gold: string) =>
    Math.max(
      1,
      names.reduce((sum, name) => sum + count(gold, name), 0),
    );
  return (
    <div className={pages.scroll}>
      <table className={`${pages.table} ${styles.confusion}`}>
        <thead>
          <tr>
            <th>{results.rightIs}</th>
            {names.map((name) => (
              <th key={name} className={pages.number} scope="col">
                <bdi>{name}</bdi>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {names.map((gold) => (
            <tr key={gold}>
              <th scope="row">
                <bdi>{gold}</bdi>
              </th>
              {names.map((predicted) => {
                const here = count(gold, predicted);
                const share = Math.round((100 * here) / total(gold));
                return (
                  <td
                    key={predicted}
                    className={`${pages.number} ${gold === predicted ? styles.hit : styles.miss}`}
                    style={{ "--share": `${share}%` } as React.CSSProperties}
                  >
                    {here === 0 ? "" : format.number(here)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
