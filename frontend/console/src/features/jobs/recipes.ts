/** What the batch recipes are called, what they need, and their arguments from a form's values. */
import type { NewJob } from "../../api/jobs";
import type {
  Asset,
  Dataset,
  Model,
  Predictor,
  PredictorKind,
  PredictorRef,
  Task,
} from "../../api/types";
import type { Values } from "../recipes/drafts";
import { componentOf } from "../tasks/kinds";

export type StartableRecipe =
  | "train-curve.v1"
  | "train.v1"
  | "evaluate.v1"
  | "predict.v1"
  | "predict-files.v1"
  | "export.v1"
  | "package.v1";

interface RecipeWords {
  name: string;
  does: string;
  fields: readonly (keyof JobValues)[];
}

/** Every field a start form may show; empty means nothing chosen. */
export interface JobValues {
  name: string;
  component: string;
  dataset: string;
  evaluationDataset: string;
  /** `kind:id`, because a select holds one string. */
  predictor: string;
  model: string;
  format: string;
  asset: string;
  /** The short name of a root of the cluster that jobs may write to. */
  output: string;
  fileFormat: string;
}

export const RECIPES: Record<StartableRecipe, RecipeWords> = {
  "train-curve.v1": {
    name: "Train, with curve",
    does: "Trains at 25, 50, 75 and 100 % of the answers and scores each: the board shows whether more answers help.",
    fields: ["name", "component", "dataset", "evaluationDataset"],
  },
  "train.v1": {
    name: "Train",
    does: "Trains one model on all answers.",
    fields: ["name", "component", "dataset", "evaluationDataset"],
  },
  "evaluate.v1": {
    name: "Evaluate",
    does: "Scores rules, a model, or both as one on the held-back examples.",
    fields: ["predictor", "evaluationDataset"],
  },
  "predict.v1": {
    name: "Predict",
    does: "Stores annotations as suggestions for every example of a dataset.",
    fields: ["predictor", "dataset"],
  },
  "predict-files.v1": {
    name: "Predict files",
    does: "Writes annotations for every row of a data asset's files to a writable root of the cluster, on as many workers as are free.",
    fields: ["predictor", "asset", "output", "fileFormat"],
  },
  "export.v1": {
    name: "Export",
    does: "Writes the answers to a file, for you to download on the cluster.",
    fields: ["dataset", "format"],
  },
  "package.v1": {
    name: "Package",
    does: "Packs a model as a wheel to install, for you to download on the cluster.",
    fields: ["model"],
  },
};

export const RECIPE_ORDER = Object.keys(RECIPES) as StartableRecipe[];

/** Of the jobs that are not started from this page's form. */
const NAMES: Record<string, string> = { "import.v1": "Import", "pretrain.v1": "Pretrain" };

/** What a job's recipe is called; a customer's own has no other name than its own. */
export function recipeName(recipe: string): string {
  return NAMES[recipe] ?? RECIPES[recipe as StartableRecipe]?.name ?? recipe;
}

export interface Inventory {
  datasets: Dataset[];
  predictors: Predictor[];
  models: Model[];
  assets: Pick<Asset, "id" | "name" | "kind" | "state">[];
  tasks: Pick<Task, "view" | "exclusive">[];
}

/** Sensible first values: the largest training set, the held-back set, the newest model. */
export function defaultValues({
  datasets,
  predictors,
  models,
  assets,
  tasks,
}: Inventory): JobValues {
  const predicting = models.filter(predicts);
  return {
    name: `model-${models.length + 1}`,
    component: componentOf(tasks),
    dataset: largest(datasets, "training"),
    evaluationDataset: largest(datasets, "evaluation"),
    predictor: predictors[0] ? predictorValue(predictors[0]) : "",
    model: (predicting.find(({ packaged }) => !packaged) ?? predicting[0])?.id ?? "",
    format: "jsonl",
    asset: readyData(assets)[0]?.id ?? "",
    output: "",
    fileFormat: "jsonl",
  };
}

/** Whether a model says something of texts; a pretrained layer is only for others to start from. */
export function predicts({ component }: Pick<Model, "component">): boolean {
  return component !== "tok2vec";
}

/** The data assets whose files can be read. */
export function readyData<A extends Pick<Asset, "kind" | "state">>(assets: A[]): A[] {
  return assets.filter(({ kind, state }) => kind === "data" && state === "ready");
}

function largest(datasets: Dataset[], role: Dataset["role"]): string {
  const fitting = datasets.filter((dataset) => dataset.role === role);
  return fitting.sort((a, b) => b.examples - a.examples)[0]?.id ?? "";
}

export function predictorValue({ kind, id }: PredictorRef): string {
  return `${kind}:${id}`;
}

export function predictorOf(value: string): PredictorRef | null {
  const [kind, id] = value.split(":");
  return id && isPredictorKind(kind) ? { kind, id } : null;
}

const KIND_WORDS: Record<PredictorKind, string> = {
  rules: "rules",
  model: "model",
  combined: "rules and model",
};

function isPredictorKind(word: string | undefined): word is PredictorKind {
  return word !== undefined && word in KIND_WORDS;
}

/** Predictors as a select shows them, each with its kind. */
export function predictorChoices(predictors: Predictor[]): { value: string; label: string }[] {
  return predictors.map((predictor) => ({
    value: predictorValue(predictor),
    label: `${predictor.name} (${KIND_WORDS[predictor.kind]})`,
  }));
}

/** The request that starts `recipe`; evaluations have an address of their own. */
export function newJob(recipe: StartableRecipe, values: JobValues): NewJob {
  return { recipe, arguments: argumentsOf(recipe, values) };
}

/** A recipe's arguments as scripts spell them, as far as they are chosen. */
export function chosenArguments(recipe: StartableRecipe, values: JobValues): Values {
  const said = Object.entries(argumentsOf(recipe, values));
  return Object.fromEntries(said.filter(([, value]) => value !== null && String(value) !== ""));
}

function argumentsOf(recipe: StartableRecipe, values: JobValues): Values {
  const { name, component, dataset, evaluationDataset, model, format } = values;
  switch (recipe) {
    case "train.v1":
    case "train-curve.v1":
      return {
        name,
        component,
        datasets: [dataset],
        ...(evaluationDataset && { evaluation_dataset: evaluationDataset }),
      };
    case "evaluate.v1":
      return { predictor: predictorOf(values.predictor), dataset: evaluationDataset };
    case "predict.v1":
      return { predictor: predictorOf(values.predictor), dataset };
    case "predict-files.v1":
      return {
        predictor: predictorOf(values.predictor),
        asset: values.asset,
        output: values.output,
        format: values.fileFormat,
      };
    case "export.v1":
      return { dataset, format };
    case "package.v1":
      return { model };
  }
}

/** The fields of `recipe` that still lack a value; training may go without held-back data. */
export function missingFields(recipe: StartableRecipe, values: JobValues): (keyof JobValues)[] {
  const optional = recipe === "train.v1" ? "evaluationDataset" : null;
  return RECIPES[recipe].fields.filter((field) => field !== optional && !values[field]);
}
