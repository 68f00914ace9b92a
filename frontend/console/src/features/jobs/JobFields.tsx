import { Select, TextInput } from "@mantine/core";
import type { Problem } from "../../api/problem";
import { COMPONENT_CHOICES } from "../tasks/kinds";
import { type Inventory, type JobValues, predictorChoices, predicts, readyData } from "./recipes";

interface Choice {
  value: string;
  label: string;
}

interface FieldWords {
  label: string;
  /** What to do when there is nothing to choose. */
  none: string;
  choices: (inventory: Inventory) => Choice[];
}

const named = (rows: { id: string; name: string }[]): Choice[] =>
  rows.map(({ id, name }) => ({ value: id, label: name }));

type TypedField = "name" | "output";

const TYPED: Record<TypedField, { label: string; description?: string }> = {
  name: { label: "Name of the model" },
  output: {
    label: "Writable root",
    description: "As the cluster's administrator named it",
  },
};

const isTyped = (field: keyof JobValues): field is TypedField => field in TYPED;

const CHOSEN: Record<Exclude<keyof JobValues, TypedField>, FieldWords> = {
  component: {
    label: "Learn to",
    none: "",
    choices: () => COMPONENT_CHOICES,
  },
  dataset: {
    label: "Examples",
    none: "Add data first",
    choices: ({ datasets }) => named(datasets.filter(({ role }) => role === "training")),
  },
  evaluationDataset: {
    label: "Held-back examples",
    none: "Hold examples back when adding data",
    choices: ({ datasets }) => named(datasets.filter(({ role }) => role === "evaluation")),
  },
  predictor: {
    label: "Rules or model",
    none: "Write rules or train a model first",
    choices: ({ predictors }) => predictorChoices(predictors),
  },
  model: {
    label: "Model",
    none: "Train a model first",
    choices: ({ models }) => named(models.filter(predicts)),
  },
  asset: {
    label: "Files",
    none: "Add data first",
    choices: ({ assets }) => named(readyData(assets)),
  },
  fileFormat: {
    label: "Format",
    none: "",
    choices: () => [
      { value: "jsonl", label: "JSONL" },
      { value: "parquet", label: "Parquet" },
    ],
  },
  format: {
    label: "Format",
    none: "",
    choices: () => [
      { value: "jsonl", label: "JSONL (Prodigy)" },
      { value: "parquet", label: "Parquet" },
      { value: "conll", label: "CoNLL (IOB2), marks only" },
      { value: "spacy", label: ".spacy" },
    ],
  },
};

interface JobFieldsProps {
  fields: readonly (keyof JobValues)[];
  values: JobValues;
  inventory: Inventory;
  problem: Problem | null;
  onChange: (change: Partial<JobValues>) => void;
}

/** The fields a recipe asks for, with the API's own errors at them. */
export function JobFields({ fields, values, inventory, problem, onChange }: JobFieldsProps) {
  return fields.map((field) => {
    if (isTyped(field)) {
      return (
        <TextInput
          key={field}
          {...TYPED[field]}
          value={values[field]}
          error={errorAt(problem, API_FIELDS[field])}
          onChange={(event) => onChange({ [field]: event.currentTarget.value })}
        />
      );
    }
    const { label, none, choices } = CHOSEN[field];
    return (
      <Select
        key={field}
        label={label}
        placeholder={none}
        data={choices(inventory)}
        value={values[field] || null}
        allowDeselect={false}
        error={errorAt(problem, API_FIELDS[field])}
        onChange={(value) => onChange({ [field]: value ?? "" })}
      />
    );
  });
}

const API_FIELDS: Record<keyof JobValues, string> = {
  name: "name",
  component: "component",
  dataset: "dataset",
  evaluationDataset: "evaluation_dataset",
  predictor: "predictor",
  model: "model",
  format: "format",
  asset: "asset",
  output: "output",
  fileFormat: "format",
};

function errorAt(problem: Problem | null, field: string): string | undefined {
  return problem?.fields.find((each) => each.field.split(".").at(-1) === field)?.message;
}
