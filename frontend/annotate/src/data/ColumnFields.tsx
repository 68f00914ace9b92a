import { controlClass, Field, SelectField } from "@annex/ui";
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
      <SelectField
        label={data.format}
        value={plan.format}
        options={formats}
        onChange={(format) => set(ofFormat(format))}
      />
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
          {plan.spans_column ? (
            <SelectField
              label={data.overlapping}
              value={plan.may_overlap ? "kept" : "mistake"}
              options={[
                ["mistake", data.overlappingAre.mistake],
                ["kept", data.overlappingAre.kept],
              ]}
              onChange={(overlapping) => set({ may_overlap: overlapping === "kept" })}
            />
          ) : null}
          {plan.spans_column ? (
            <ColumnField
              label={data.relations}
              optional
              columns={columns}
              value={plan.relations_column}
              onChange={(relations_column) => set({ relations_column })}
            />
          ) : null}
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
        <SelectField
          label={data.separator}
          value={plan.delimiter}
          options={DELIMITERS.map(([value, name]) => [value, data.separators[name]] as const)}
          onChange={(delimiter) => set({ delimiter })}
        />
      ) : null}
      {plan.format === "csv" || plan.format === "tsv" ? (
        <SelectField
          label={data.quotes}
          value={plan.quoted ? "cell" : "character"}
          options={[
            ["cell", data.quotesOf.cell],
            ["character", data.quotesOf.character],
          ]}
          onChange={(quotes) => set({ quoted: quotes === "cell" })}
        />
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
