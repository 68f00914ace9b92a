import { controlClass, Field } from "@annex/ui";
import type { Plan } from "./assets";
import styles from "./Data.module.css";

export interface ColumnFieldsProps {
  columns: readonly string[];
  plan: Plan;
  onChange: (plan: Plan) => void;
}

const FORMATS: readonly { readonly value: Plan["format"]; readonly name: string }[] = [
  { value: "jsonl", name: "JSONL" },
  { value: "csv", name: "CSV, TSV" },
  { value: "txt", name: "Text, one a line" },
];
const DELIMITERS: readonly (readonly [value: string, name: string])[] = [
  [",", "Comma"],
  [";", "Semicolon"],
  ["\t", "Tab"],
  ["|", "Bar"],
];

/** Which column is what. */
export function ColumnFields({ columns, plan, onChange }: ColumnFieldsProps) {
  const named = plan.format !== "txt";
  const set = (part: Partial<Plan>) => onChange({ ...plan, ...part });
  return (
    <div className={styles.fields}>
      <Field label="Format">
        {(control) => (
          <select
            {...control}
            className={controlClass}
            value={plan.format}
            onChange={(event) => set({ format: event.target.value as Plan["format"] })}
          >
            {FORMATS.map((format) => (
              <option key={format.value} value={format.value}>
                {format.name}
              </option>
            ))}
          </select>
        )}
      </Field>
      {named ? (
        <>
          <ColumnField
            label="Text"
            columns={columns}
            value={plan.text_column}
            onChange={(text_column) => text_column && set({ text_column })}
          />
          <ColumnField
            label="Marks"
            optional
            columns={columns}
            value={plan.spans_column}
            onChange={(spans_column) => set({ spans_column })}
          />
          <ColumnField
            label="Answer"
            optional
            columns={columns}
            value={plan.answer_column}
            onChange={(answer_column) => set({ answer_column })}
          />
        </>
      ) : null}
      {plan.format === "csv" ? (
        <Field label="Separator">
          {(control) => (
            <select
              {...control}
              className={controlClass}
              value={plan.delimiter}
              onChange={(event) => set({ delimiter: event.target.value })}
            >
              {DELIMITERS.map(([value, name]) => (
                <option key={value} value={value}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
      ) : null}
    </div>
  );
}

interface ColumnFieldProps {
  label: string;
  optional?: boolean;
  columns: readonly string[];
  value: string | null | undefined;
  onChange: (column: string | null) => void;
}

function ColumnField({ label, optional, columns, value, onChange }: ColumnFieldProps) {
  return (
    <Field label={label}>
      {(control) => (
        <select
          {...control}
          className={controlClass}
          value={value ?? ""}
          translate="no"
          onChange={(event) => onChange(event.target.value || null)}
        >
          {optional || !value ? <option value="">{optional ? "None" : "Choose…"}</option> : null}
          {columns.map((column) => (
            <option key={column}>{column}</option>
          ))}
        </select>
      )}
    </Field>
  );
}
