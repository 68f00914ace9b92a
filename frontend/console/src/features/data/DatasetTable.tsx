import type { Dataset } from "../../api/types";
import { EmptyState } from "../../components/EmptyState";
import { Mark } from "../../components/Mark";
import { type Column, Rows } from "../../components/Rows";
import { count } from "../../format/numbers";

const COLUMNS: Column<Dataset>[] = [
  { title: "Name", cell: ({ name }) => <b>{name}</b> },
  { title: "Use", cell: ({ role }) => <Use role={role} /> },
  { title: "Examples", figures: true, cell: ({ examples }) => count(examples) },
  { title: "Accepted", figures: true, cell: ({ accepted }) => count(accepted) },
  { title: "Rejected", figures: true, wideOnly: true, cell: ({ rejected }) => count(rejected) },
  { title: "Ignored", figures: true, wideOnly: true, cell: ({ ignored }) => count(ignored) },
];

export function DatasetTable({ datasets }: { datasets: Dataset[] }) {
  if (datasets.length === 0) {
    return (
      <EmptyState title="Nothing imported yet">
        Datasets appear here as soon as a file is confirmed on the cluster.
      </EmptyState>
    );
  }
  return <Rows caption="Datasets" columns={COLUMNS} rows={datasets} rowKey={({ id }) => id} />;
}

function Use({ role }: { role: Dataset["role"] }) {
  if (role === "evaluation") return <Mark tone="warn">held back</Mark>;
  return <Mark>to train on</Mark>;
}
