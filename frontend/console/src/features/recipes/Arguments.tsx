import type { RecipeField } from "../../api/types";
import { ArgumentInput } from "./ArgumentInput";
import { type Draft, firstDraft } from "./drafts";

interface ArgumentsProps {
  fields: RecipeField[];
  drafts: Record<string, Draft>;
  /** What the fields lie in, "limits.0."; nothing for those of the recipe itself. */
  within?: string;
  onChange: (drafts: Record<string, Draft>, place: string) => void;
}

/** The inputs of a recipe's arguments, or of a group among them. */
export function Arguments({ fields, drafts, within = "", onChange }: ArgumentsProps) {
  return fields.map(({ name, title, help, type, required }) => (
    <ArgumentInput
      key={name}
      type={type}
      title={title}
      help={help}
      required={required}
      place={`${within}${name}`}
      draft={drafts[name] ?? firstDraft(type)}
      onChange={(draft) => onChange({ ...drafts, [name]: draft }, `${within}${name}`)}
    />
  ));
}
