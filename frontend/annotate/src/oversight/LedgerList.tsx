import { Blank, Button, controlClass, Field, SelectField } from "@annex/ui";
import { useState } from "react";
import { Card, Failed, Loading } from "../app/Page";
import { useText } from "../i18n/text";
import pages from "../pages/Pages.module.css";
import { LedgerRowDialog } from "./LedgerRowDialog";
import styles from "./Oversight.module.css";
import { usePaged } from "./paging";
import { withQuery } from "./query";
import type { LedgerRow, LedgerRows } from "./shapes";
import { Table } from "./Table";

/** The rows, newest first, by kind and day; each opens. */
export function LedgerList() {
  const { oversight } = useText();
  const [filters, setFilters] = useState({ kind: "", day: "" });
  const [opened, setOpened] = useState<number | null>(null);
  const list = usePaged<LedgerRow, LedgerRows>(withQuery("/api/ledger", filters));
  const { state } = list;
  const kinds = state.kind === "ready" ? state.value.kinds : [];
  const named = (kind: string) => [kind, oversight.requestKinds[kind] ?? kind] as const;
  return (
    <Card title={oversight.requests}>
      <div className={styles.filters}>
        <SelectField
          label={oversight.kind}
          value={filters.kind}
          options={[["", oversight.all], ...kinds.map(named)]}
          onChange={(kind) => setFilters({ ...filters, kind })}
        />
        <Field label={oversight.day}>
          {(control) => (
            <input
              {...control}
              type="date"
              className={controlClass}
              value={filters.day}
              onChange={(event) => setFilters({ ...filters, day: event.target.value })}
            />
          )}
        </Field>
      </div>
      {state.kind === "loading" ? <Loading /> : null}
      {state.kind === "failed" ? <Failed problem={state.problem} onRetry={list.reload} /> : null}
      {state.kind === "ready" ? <Rows rows={state.value.rows} onOpen={setOpened} /> : null}
      {list.problem ? <Failed problem={list.problem} /> : null}
      {list.older ? (
        <div className={styles.bar}>
          <Button small onClick={list.older}>
            {oversight.older}
          </Button>
        </div>
      ) : null}
      {opened === null ? null : <LedgerRowDialog seq={opened} onClose={() => setOpened(null)} />}
    </Card>
  );
}

function Rows({ rows, onOpen }: { rows: readonly LedgerRow[]; onOpen: (seq: number) => void }) {
  const { oversight } = useText();
  if (rows.length === 0) {
    return <Blank title={oversight.nothingFound}>{oversight.nothingFoundWhat}</Blank>;
  }
  return (
    <Table label={oversight.requests}>
      <thead>
        <tr>
          <th>{oversight.row}</th>
          <th>{oversight.when}</th>
          <th>{oversight.kind}</th>
          <th className={pages.number}>{oversight.events}</th>
          <th className={pages.number}>{oversight.size}</th>
          <th>{oversight.receipt}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.seq} row={row} onOpen={onOpen} />
        ))}
      </tbody>
    </Table>
  );
}

function Row({ row, onOpen }: { row: LedgerRow; onOpen: (seq: number) => void }) {
  const { oversight, format } = useText();
  return (
    <tr>
      <td>
        <button
          type="button"
          className={styles.open}
          aria-label={oversight.open(row.seq)}
          onClick={() => onOpen(row.seq)}
        >
          {row.seq}
        </button>
      </td>
      <td className={styles.time}>{format.moment(row.at)}</td>
      <td className={styles.time}>{oversight.requestKinds[row.kind] ?? row.kind}</td>
      <td className={pages.number}>{row.events > 0 ? format.number(row.events) : ""}</td>
      <td className={`${pages.number} ${styles.time}`}>{format.bytes(row.size_bytes)}</td>
      <td>{row.receipt ? oversight.signedFor : ""}</td>
    </tr>
  );
}
