import { NumberInput, Select, Switch, TextInput } from "@mantine/core";
import type { FieldType } from "../../api/types";
import type { Draft, DraftOf } from "./drafts";
import { useErrorAt } from "./FormPlace";
import { bounds } from "./fieldWords";
import { GroupInput } from "./GroupInput";
import { ListInput } from "./ListInput";
import { OptionalInput } from "./OptionalInput";
import { ResourceInput } from "./ResourceInput";
import { TextIdInput } from "./TextIdInput";
import { useWords } from "./useWords";
import { VariantInput } from "./VariantInput";

export type TypeOf<Kind extends FieldType["kind"]> = Extract<FieldType, { kind: Kind }>;

export interface InputProps<Kind extends FieldType["kind"] = FieldType["kind"]> {
  type: TypeOf<Kind>;
  title: string;
  help: string;
  required: boolean;
  /** The title stands before it already: a switch that shows it has the same. */
  isTitled?: boolean;
  /** Where it stands among the arguments, as the API's errors name it. */
  place: string;
  draft: DraftOf[Kind];
  onChange: (draft: Draft) => void;
}

/** The input of one argument, by its type. */
export function ArgumentInput(props: InputProps) {
  const { kind } = props.type;
  const View = INPUTS[kind] as (props: InputProps) => React.ReactNode;
  return <View {...props} />;
}

function StringInput({ type, draft, onChange, ...field }: InputProps<"string">) {
  return (
    <TextInput
      {...useWords(field, `Like ${type.pattern}`)}
      value={draft}
      maxLength={200}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

function UuidInput({ draft, onChange, ...field }: InputProps<"uuid">) {
  return (
    <TextInput
      {...useWords(field)}
      value={draft}
      placeholder="Id"
      onChange={(event) => onChange(event.currentTarget.value.trim())}
    />
  );
}

type NumericProps = Omit<InputProps, "type" | "draft"> & {
  type: TypeOf<"integer" | "number">;
  draft: number | string;
};

function NumericInput({ type, draft, onChange, ...field }: NumericProps) {
  return (
    <NumberInput
      {...useWords(field, bounds(type))}
      value={draft}
      allowDecimal={type.kind === "number"}
      // What is out of bounds stays as it was typed, and the API says so.
      clampBehavior="none"
      {...ends(type)}
      styles={{ wrapper: { maxWidth: 220 } }}
      onChange={(value) => onChange(typeof value === "number" ? value : String(value))}
    />
  );
}

/** Where the arrows of the input stop. */
function ends({ ge, gt, le, lt }: NumericProps["type"]) {
  const [min, max] = [ge ?? gt, le ?? lt];
  return { ...(min !== null && { min }), ...(max !== null && { max }) };
}

function BooleanInput({ draft, onChange, title, help, place, isTitled }: InputProps<"boolean">) {
  return (
    <Switch
      label={isTitled ? "Yes" : title}
      description={help || undefined}
      error={useErrorAt(place)}
      checked={draft}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}

function ChoiceInput({ type, draft, onChange, ...field }: InputProps<"choice">) {
  const words = type.choices.map(String);
  return (
    <Select
      {...useWords(field)}
      data={[...new Set(words)]}
      value={draft === null ? null : String(draft)}
      placeholder="Choose one"
      allowDeselect={false}
      onChange={(word) => onChange(type.choices[words.indexOf(word ?? "")] ?? null)}
    />
  );
}

const INPUTS: { [Kind in FieldType["kind"]]: (props: InputProps<Kind>) => React.ReactNode } = {
  string: StringInput,
  text: TextIdInput,
  integer: NumericInput,
  number: NumericInput,
  boolean: BooleanInput,
  uuid: UuidInput,
  choice: ChoiceInput,
  resource: ResourceInput,
  optional: OptionalInput,
  list: ListInput,
  group: GroupInput,
  variant: VariantInput,
};
