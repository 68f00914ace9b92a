import type { Board, BoardRow } from "../../api/types";
import { Mark } from "../../components/Mark";
import { type Column, Rows } from "../../components/Rows";
import { bytes, counted, score, speed } from "../../format/numbers";
import classes from "./BoardTable.module.css";

const COLUMNS: Column<BoardRow>[] = [
  { title: "Predictor", cell: (row) => <Predictor row={row} /> },
  { title: "F", figures: true, cell: (row) => <Quality row={row} /> },
  { title: "Precision", figures: true, wideOnly: true, cell: (row) => score(row.precision) },
  { title: "Recall", figures: true, wideOnly: true, cell: (row) => score(row.recall) },
  { title: "Words/s", figures: true, wideOnly: true, cell: (row) => speed(row.words_per_second) },
  { title: "Size", figures: true, wideOnly: true, cell: (row) => bytes(row.size_bytes) },
  {
    title: "In a sentence",
    wideOnly: true,
    cell: ({ sentence }) => <span className={classes.say}>{sentence}</span>,
  },
];

/** Best first; behind them what was measured before the labels changed. */
export function BoardTable({ board }: { board: Board }) {
  const rows = [...board.rows].sort(
    (a, b) => Number(a.outdated) - Number(b.outdated) || (b.f ?? -1) - (a.f ?? -1),
  );
  return (
    <Rows
      caption="Predictors compared"
      columns={COLUMNS}
      rows={rows}
      rowKey={({ id }) => id}
      emphasised={({ ahead }) => ahead}
    />
  );
}

function Predictor({ row }: { row: BoardRow }) {
  return (
    <span className={classes.predictor}>
      <b>
        <a href={row.cluster_url} title="Its mistakes, on the cluster">
          {row.predictor.name}
        </a>
      </b>
      <span className={classes.kind}>{kindWords(row)}</span>
      {row.ahead && <Mark tone="good">ahead</Mark>}
      {row.outdated && <Mark tone="warn">earlier labels</Mark>}
      <span className={classes.sayBelow}>{row.sentence}</span>
    </span>
  );
}

function kindWords({ kind, training_examples }: BoardRow): string {
  if (kind === "rules") return "rules";
  const what = kind === "combined" ? "rules and spaCy" : "spaCy";
  return training_examples ? `${what} · ${counted(training_examples, "answer")}` : what;
}

function Quality({ row: { f, low, high, ahead } }: { row: BoardRow }) {
  const range = `95 % interval: ${score(low)} to ${score(high)}`;
  return (
    <span className={classes.quality} data-ahead={ahead || undefined}>
      <i className={classes.track}>
        <i style={{ width: `${f ?? 0}%` }} />
      </i>
      <b>{score(f)}</b>
      <span className={classes.margin} title={range}>
        ±{score((high - low) / 2)}
      </span>
    </span>
  );
}
