import { controlClass, Field } from "@annex/ui";
import { type Text, useText } from "../i18n/text";
import type { FileFormat, Plan } from "./assets";
import styles from "./Data.module.css";

export interface ColumnFieldsProps {
  columns: readonly string[];
  plan: Plan;
  onChange: (plan: Plan) => void;
}

type Separator = keyof Text["data"]["separators"];

/** These have columns of their own; the others have the file's. */
const FIXED: readonly FileFormat[] = ["conll", "spacy", "label_studio"];
const DELIMITERS: readonly (readonly [value: string, name: Separator])[] = [
  [",", "comma"],
  [";", "semicolon"],
  ["\t", "tab"],
  ["|", "bar"],
];

/** Which column is what. */
export function ColumnFields({ columns, plan, onChange }: ColumnFieldsProps) {
  const { data } = useText();
  const formats = Object.entries(data.fileFormats) as [FileFormat, string][];
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
            onChange={(event) => set(ofFormat(event.target.value as FileFormat))}
          >
            {formats.map(([format, name]) => (
              <option key={format} value={format}>
                {name}
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
            label={data.labels}
            optional
            columns={columns}
            value={plan.choices_column}
            onChange={(choices_column) => set({ choices_column })}
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
      {plan.format === "csv" || plan.format === "tsv" ? (
        <Field label={data.quotes}>
          {(control) => (
            <select
              {...control}
              className={controlClass}
              value={plan.quoted ? "cell" : "character"}
              onChange={(event) => set({ quoted: event.target.value === "cell" })}
            >
              <option value="cell">{data.quotesOf.cell}</option>
              <option value="character">{data.quotesOf.character}</option>
            </select>
          )}
        </Field>
      ) : null}
    </div>
  );
}

/** What changes with the format. */
function ofFormat(format: FileFormat): Partial<Plan> {
  return FIXED.includes(format)
    ? { format, text_column: "text", spans_column: "spans" }
    : { format };
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
          {value && !columns.includes(value) ? <option>{value}</option> : null}
          {columns.map((column) => (
            <option key={column}>{column}</option>
          ))}
        </select>
      )}
    </Field>
  );
}
