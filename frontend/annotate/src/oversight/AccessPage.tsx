import { Blank, Button, controlClass, Field, SelectField } from "@annex/ui";
import { useState } from "react";
import { Card, Failed, Loading } from "../app/Page";
import { useText } from "../i18n/text";
import pages from "../pages/Pages.module.css";
import { Frame } from "./Frame";
import styles from "./Oversight.module.css";
import { usePaged } from "./paging";
import { withQuery } from "./query";
import type { AccessRow, AccessRows } from "./shapes";
import { Table } from "./Table";

const ANYTHING = { subject: "", what: "", since: "", until: "" };
type Filters = typeof ANYTHING;
const DEFAULT_DAYS = 400;

/** `/access`: who read, took out or decided what. */
export default function AccessPage() {
  const { oversight } = useText();
  const [filters, setFilters] = useState<Filters>(ANYTHING);
  const list = usePaged<AccessRow, AccessRows>(withQuery("/api/access", filters));
  const { state } = list;
  const people = state.kind === "ready" ? state.value.people : [];
  const days = state.kind === "ready" ? state.value.kept_days : DEFAULT_DAYS;
  return (
    <Frame at="access" lead={oversight.accessLead(days)}>
      <Card title={oversight.rows}>
        <div className={styles.filters}>
          <Choice
            label={oversight.person}
            value={filters.subject}
            options={people.map(({ subject, name }) => [subject, name])}
            onChange={(subject) => setFilters({ ...filters, subject })}
          />
          <Choice
            label={oversight.what}
            value={filters.what}
            options={Object.entries(oversight.whats)}
            onChange={(what) => setFilters({ ...filters, what })}
          />
          <Day
            label={oversight.since}
            value={filters.since}
            onChange={(since) => setFilters({ ...filters, since })}
          />
          <Day
            label={oversight.until}
            value={filters.until}
            onChange={(until) => setFilters({ ...filters, until })}
          />
        </div>
        {state.kind === "loading" ? <Loading /> : null}
        {state.kind === "failed" ? <Failed problem={state.problem} onRetry={list.reload} /> : null}
        {state.kind === "ready" ? <Rows rows={state.value.rows} /> : null}
        {list.problem ? <Failed problem={list.problem} /> : null}
        <div className={styles.bar}>
          {list.older ? (
            <Button small onClick={list.older}>
              {oversight.older}
            </Button>
          ) : null}
          <a
            className={styles.file}
            href={withQuery("/api/access/file", filters)}
            download="access-log.csv"
          >
            {oversight.downloadCsv}
          </a>
        </div>
      </Card>
    </Frame>
  );
}

interface FilterProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

function Choice({
  options,
  ...field
}: FilterProps & { options: readonly (readonly [string, string])[] }) {
  const { oversight } = useText();
  return <SelectField {...field} options={[["", oversight.all], ...options]} />;
}

function Day({ label, value, onChange }: FilterProps) {
  return (
    <Field label={label}>
      {(control) => (
        <input
          {...control}
          type="date"
          className={controlClass}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

function Rows({ rows }: { rows: readonly AccessRow[] }) {
  const { oversight } = useText();
  if (rows.length === 0) {
    return <Blank title={oversight.nothingFound}>{oversight.nothingFoundWhat}</Blank>;
  }
  return (
    <Table label={oversight.rows}>
      <thead>
        <tr>
          <th>{oversight.when}</th>
          <th>{oversight.person}</th>
          <th>{oversight.what}</th>
          <th>{oversight.of}</th>
          <th className={pages.number}>{oversight.count}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </tbody>
    </Table>
  );
}

function whoDid(
  row: AccessRow,
  words: { onTheMachine: (name: string) => string; byScript: (name: string) => string },
): string {
  if (!row.subject) return words.onTheMachine(row.person);
  const name = row.person || row.subject;
  return row.by_script ? words.byScript(name) : name;
}

function Row({ row }: { row: AccessRow }) {
  const { oversight, format } = useText();
  const what = oversight.whats[row.what] ?? row.what;
  const role = oversight.roles[row.detail] ?? row.detail;
  return (
    <tr>
      <td className={styles.time}>{format.period(row.first_at, row.last_at)}</td>
      <td>
        <bdi>{whoDid(row, oversight)}</bdi>
      </td>
      <td>{role ? `${what} (${role})` : what}</td>
      <td>
        <bdi>{row.of}</bdi>
      </td>
      <td className={pages.number}>{format.number(row.count)}</td>
    </tr>
  );
}
