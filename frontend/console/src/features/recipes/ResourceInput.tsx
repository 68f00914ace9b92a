import { Select, TextInput } from "@mantine/core";
import type { InputProps, TypeOf } from "./ArgumentInput";
import { type Inventory, useInventory } from "./FormPlace";
import { RESOURCE_WORDS } from "./fieldWords";
import { useWords } from "./useWords";

type Resource = TypeOf<"resource">;
type Choice = { value: string; label: string };

/** A picker of what the project has; of what only the cluster knows, its id. */
export function ResourceInput({ type, draft, onChange, ...field }: InputProps<"resource">) {
  const choices = choicesOf(type, useInventory());
  const words = useWords(field, choices ? "" : "The cluster's administrator knows its id");
  const noun = RESOURCE_WORDS[type.resource];
  if (!choices) {
    return (
      <TextInput
        {...words}
        value={draft}
        placeholder={`Id of the ${type.resource}`}
        onChange={(event) => onChange(event.currentTarget.value.trim())}
      />
    );
  }
  return (
    <Select
      {...words}
      data={choices}
      value={draft || null}
      placeholder={
        choices.length > 0 ? `Choose ${article(noun)} ${noun}` : `No ${noun} that fits yet`
      }
      nothingFoundMessage="Nothing of that name"
      searchable
      clearable={!field.required}
      onChange={(id) => onChange(id ?? "")}
    />
  );
}

const article = (noun: string): string => (/^[aeiou]/i.test(noun) ? "an" : "a");

/** What of the project fits; undefined where only the cluster could say. */
export function choicesOf({ resource, of }: Resource, inventory: Inventory): Choice[] | undefined {
  const fits = (kind: string) => of.length === 0 || of.includes(kind.replaceAll("_", "-"));
  switch (resource) {
    case "dataset":
      return named(inventory.datasets.filter(({ role }) => fits(role)));
    case "asset":
      return named(inventory.assets.filter(({ kind, state }) => state === "ready" && fits(kind)));
    case "model":
      return named(
        inventory.models.filter(({ component, trained_at }) => trained_at && fits(component)),
      );
    case "label":
      return named(inventory.labels.filter(({ retired }) => !retired));
    case "secret":
      return named(inventory.secrets);
    default:
      return undefined;
  }
}

function named(rows: { id?: string; name: string }[]): Choice[] {
  return rows.flatMap(({ id, name }) => (id ? [{ value: id, label: name }] : []));
}
