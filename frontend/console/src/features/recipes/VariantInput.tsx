import { Select } from "@mantine/core";
import type { InputProps } from "./ArgumentInput";
import { Arguments } from "./Arguments";
import { chooseVariant } from "./drafts";
import { Nested } from "./Nested";

/** One of several groups: which, and its fields. */
export function VariantInput({
  type,
  title,
  help,
  place,
  isTitled,
  draft,
  onChange,
}: InputProps<"variant">) {
  const chosen = type.variants.find(({ name }) => name === draft.chosen);
  return (
    <Nested title={title} help={help} place={place} isTitled={isTitled}>
      <Select
        aria-label={`Kind of ${title}`}
        description={chosen?.help || undefined}
        data={type.variants.map((each) => ({ value: each.name, label: each.title }))}
        value={draft.chosen}
        allowDeselect={false}
        onChange={(name) => name && onChange(chooseVariant(type.variants, name))}
      />
      <Arguments
        fields={chosen?.fields ?? []}
        drafts={draft.members}
        within={`${place}.`}
        onChange={(members) => onChange({ chosen: draft.chosen, members })}
      />
    </Nested>
  );
}
