import { controlClass, Field } from "@annex/ui";
import { type Text, useText } from "../i18n/text";
import type { Plan } from "./assets";
import styles from "./Data.module.css";

export interface ColumnFieldsProps {
  columns: readonly string[];
  plan: Plan;
  onChange: (plan: Plan) => void;
}

type Separator = keyof Text["data"]["separators"];

const FORMATS: readonly Plan["format"][] = ["jsonl", "csv", "txt"];
const DELIMITERS: readonly (readonly [value: string, name: Separator])[] = [
  [",", "comma"],
  [";", "semicolon"],
  ["\t", "tab"],
  ["|", "bar"],
];

/** Which column is what. */
export function ColumnFields({ columns, plan, onChange }: ColumnFieldsProps) {
  const { data } = useText();
  const formats = { jsonl: "JSONL", csv: "CSV, TSV", txt: data.oneALine };
  const named = plan.format !== "txt";
  const set = (part: Partial<Plan>) => onChange({ ...plan, ...part });
  return (
    <div className={styles.fields}>
      <Field label={data.format}>
        {(control) => (
          <select
            {...control}
            className={controlClass}
            value={plan.format}
            onChange={(event) => set({ format: event.target.value as Plan["format"] })}
          >
            {FORMATS.map((format) => (
              <option key={format} value={format}>
                {formats[format]}
              </option>
            ))}
          </select>
        )}
      </Field>
      {named ? (
        <>
          <ColumnField
            label={data.text}
            columns={columns}
            value={plan.text_column}
            onChange={(text_column) => text_column && set({ text_column })}
          />
          <ColumnField
            label={data.marks}
            optional
            columns={columns}
            value={plan.spans_column}
            onChange={(spans_column) => set({ spans_column })}
          />
          <ColumnField
            label={data.answer}
            optional
            columns={columns}
            value={plan.answer_column}
            onChange={(answer_column) => set({ answer_column })}
          />
        </>
      ) : null}
      {plan.format === "csv" ? (
        <Field label={data.separator}>
          {(control) => (
            <select
              {...control}
              className={controlClass}
              value={plan.delimiter}
              onChange={(event) => set({ delimiter: event.target.value })}
            >
              {DELIMITERS.map(([value, name]) => (
                <option key={value} value={value}>
                  {data.separators[name]}
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
  const { data } = useText();
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
          {optional || !value ? (
            <option value="">{optional ? data.none : data.choose}</option>
          ) : null}
          {columns.map((column) => (
            <option key={column}>{column}</option>
          ))}
        </select>
      )}
    </Field>
  );
}
