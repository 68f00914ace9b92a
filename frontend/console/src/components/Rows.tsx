import { Table } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./Rows.module.css";

export interface Column<Row> {
  title: string;
  cell: (row: Row) => ReactNode;
  /** Figures stand to the right in tabular digits. */
  figures?: boolean;
  /** Left out where the screen is narrow. */
  wideOnly?: boolean;
  /** The title is for screen readers only (columns of buttons). */
  silent?: boolean;
}

interface RowsProps<Row> {
  caption: string;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  emphasised?: (row: Row) => boolean;
}

/** A table in the family's look; every list of the console is one. */
export function Rows<Row>({ caption, columns, rows, rowKey, emphasised }: RowsProps<Row>) {
  return (
    <div className={classes.scroll}>
      <Table className={classes.table} aria-label={caption}>
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Table.Th key={column.title} className={classFor(column)} scope="col">
                {column.silent ? (
                  <span className="visually-hidden">{column.title}</span>
                ) : (
                  column.title
                )}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={rowKey(row)} data-emphasised={emphasised?.(row) || undefined}>
              {columns.map((column) => (
                <Table.Td key={column.title} className={classFor(column)}>
                  {column.cell(row)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function classFor<Row>({ figures, wideOnly, silent }: Column<Row>): string {
  return [figures && classes.figures, wideOnly && classes.wideOnly, silent && classes.end]
    .filter(Boolean)
    .join(" ");
}
