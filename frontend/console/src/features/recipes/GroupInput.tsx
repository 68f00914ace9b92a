import type { InputProps } from "./ArgumentInput";
import { Arguments } from "./Arguments";
import { Nested } from "./Nested";

/** Named fields that belong together. */
export function GroupInput({
  type,
  title,
  help,
  place,
  isTitled,
  draft,
  onChange,
}: InputProps<"group">) {
  return (
    <Nested title={title} help={help || type.help} place={place} isTitled={isTitled}>
      <Arguments
        fields={type.fields}
        drafts={draft.members}
        within={`${place}.`}
        onChange={(members) => onChange({ members })}
      />
    </Nested>
  );
}
