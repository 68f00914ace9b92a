import type { Board, BoardRow, LabelScore } from "../../api/types";
import { Panel } from "../../components/Panel";
import { type Column, Rows } from "../../components/Rows";
import { score } from "../../format/numbers";

/** F by label, one column a predictor. Small counts are not told, lest they tell about the text. */
export function PerLabel({ board }: { board: Board }) {
  const rows = board.rows.filter(({ per_label }) => per_label.length > 0).slice(0, 4);
  const labels = rows[0]?.per_label ?? [];
  if (labels.length === 0) return null;
  const columns: Column<LabelScore>[] = [
    { title: "Label", cell: ({ name }) => <b>{name}</b> },
    ...rows.map(columnOf),
  ];
  return (
    <Panel title="F by label" note="Labels with few held-back marks are shown on the cluster only">
      <Rows caption="F by label" columns={columns} rows={labels} rowKey={({ label }) => label} />
    </Panel>
  );
}

function columnOf(row: BoardRow, index: number): Column<LabelScore> {
  return {
    title: row.predictor.name,
    figures: true,
    wideOnly: index > 1,
    cell: ({ label }) => told(row.per_label.find((each) => each.label === label)),
  };
}

function told(label: LabelScore | undefined): string {
  if (!label) return "–";
  return label.suppressed ? "on the cluster" : score(label.f);
}
