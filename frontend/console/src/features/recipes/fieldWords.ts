/** What an argument takes, in words: under an input and in the catalogue. */
import type { FieldType, RecipeField } from "../../api/types";

type Numeric = Extract<FieldType, { kind: "integer" | "number" }>;
type ResourceType = Extract<FieldType, { kind: "resource" }>;

export const RESOURCE_WORDS: Record<ResourceType["resource"], string> = {
  dataset: "dataset",
  asset: "asset",
  model: "model",
  endpoint: "LLM endpoint of the cluster",
  secret: "secret of the cluster",
  label: "label",
};

export function takes(type: FieldType): string {
  switch (type.kind) {
    case "string":
      return `Short text like ${type.pattern}`;
    case "text":
      return "Free text, which stays on the cluster";
    case "integer":
    case "number":
      return [type.kind === "integer" ? "Whole number" : "Number", bounds(type)]
        .filter(Boolean)
        .join(" ");
    case "boolean":
      return "Yes or no";
    case "uuid":
      return "Id";
    case "choice":
      return `One of ${type.choices.join(", ")}`;
    case "resource":
      return resource(type);
    case "optional":
      return `${takes(type.inner)}, or nothing`;
    case "list":
      return `List of: ${takes(type.item)}`;
    case "group":
      return `${type.title}: ${type.fields.map(({ title }) => title).join(", ")}`;
    case "variant":
      return `Either ${type.variants.map(({ title }) => title).join(" or ")}`;
  }
}

function resource({ resource: noun, of }: ResourceType): string {
  const words = RESOURCE_WORDS[noun];
  const kinds = of.length > 0 ? ` (${of.join(" or ")})` : "";
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${kinds}`;
}

/** "from 0", "above 0 and up to 1". */
export function bounds({ ge, gt, le, lt }: Numeric): string {
  const parts = [
    ge !== null && ge !== undefined && `from ${ge}`,
    gt !== null && gt !== undefined && `above ${gt}`,
    le !== null && le !== undefined && `up to ${le}`,
    lt !== null && lt !== undefined && `below ${lt}`,
  ];
  return parts.filter(Boolean).join(" and ");
}

/** "required", or what stands there otherwise. */
export function unlessGiven({ required, default: usual }: RecipeField): string {
  if (required) return "required";
  if (usual === null) return "nothing";
  return typeof usual === "string" ? usual : JSON.stringify(usual);
}
