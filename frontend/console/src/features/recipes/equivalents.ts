/** The same task or job as a command and as a line of Python, to be pasted into a script. */
import type { NewTask } from "../../api/tasks";
import type { Json, Values } from "./drafts";
import { flagsFor } from "./flags";

export interface AskedTask extends Omit<NewTask, "arguments" | "suggestions"> {
  organization: string;
  project: string;
  /** What differs from the recipe's defaults. Texts and secrets are ids here as everywhere. */
  arguments: Values;
}

export interface AskedJob extends Pick<AskedTask, "organization" | "project" | "arguments"> {
  recipe: string;
}

/** `annex tasks create …`, one option a line; the recipe's own flags stand behind `--`. */
export function asCommand(task: AskedTask): string {
  const options = Object.entries(optionsOf(task)).flatMap(([name, value]) => {
    const flag = `--${name.replaceAll("_", "-")}`;
    if (typeof value === "boolean") return [flag];
    return [value].flat().map((each) => `${flag} ${quoted(String(each))}`);
  });
  return commandOf([
    `annex tasks create ${quoted(task.title)}`,
    `--project ${task.project}`,
    ...options,
    ...ownFlags(task.arguments),
  ]);
}

/** `annex jobs run …`, likewise. */
export function asJobCommand({ recipe, project, arguments: said }: AskedJob): string {
  return commandOf([`annex jobs run ${quoted(recipe)}`, `--project ${project}`, ...ownFlags(said)]);
}

const commandOf = (lines: string[]): string => lines.join(" \\\n  ");

function ownFlags(said: Values): string[] {
  const flags = flagsFor(said).map(quoted);
  return flags.length > 0 ? ["--", ...flags] : [];
}

/** `….tasks.create(…)` of the Python client. */
export function asPython(task: AskedTask): string {
  const { label, annotator, ...options } = optionsOf(task);
  const named: Record<string, Json> = {
    ...options,
    ...(label && { labels: label }),
    ...(annotator && { annotators: annotator }),
    ...(Object.keys(task.arguments).length > 0 && { arguments: task.arguments }),
  };
  const lines = Object.entries(named).map(([name, value]) => `    ${name}=${literal(value, 4)},`);
  return [`${projectOf(task)}.tasks.create(`, `    ${literal(task.title)},`, ...lines, ")"].join(
    "\n",
  );
}

/** `….jobs.start(…)` of the Python client. */
export function asJobPython(job: AskedJob): string {
  const lines = [literal(job.recipe), literal(job.arguments, 4)].map((line) => `    ${line},`);
  return [`${projectOf(job)}.jobs.start(`, ...lines, ")"].join("\n");
}

const projectOf = ({ organization, project }: Pick<AskedJob, "organization" | "project">) =>
  `client.organization(${literal(organization)}).project(${literal(project)})`;

/** What is not as it would be anyway, by the name of its option. */
function optionsOf(task: AskedTask): Record<string, Json> & { label?: Json; annotator?: Json } {
  return {
    recipe: task.recipe,
    ...(task.dataset && { dataset: task.dataset }),
    ...(task.evaluation_dataset && { evaluation_dataset: task.evaluation_dataset }),
    ...(task.labels.length > 0 && { label: task.labels }),
    ...(task.annotators.length > 0 && { annotator: task.annotators }),
    ...(task.guidelines && { guidelines: task.guidelines }),
    ...(task.exclusive && { exclusive: true }),
    ...(task.blind && { blind: true }),
    ...(task.overlap > 1 && { overlap: task.overlap }),
  };
}

const SAFE_WORD = /^[\w@%+=:,./-]+$/;

/** A word as a POSIX shell reads it back. */
export function quoted(word: string): string {
  return SAFE_WORD.test(word) ? word : `'${word.replaceAll("'", `'"'"'`)}'`;
}

const LINE = 76;

/** A value as Python spells it, over several lines where it is long. */
export function literal(value: Json, indent = 0): string {
  const short = inline(value);
  if (short.length + indent <= LINE || typeof value !== "object" || value === null) return short;
  const inner = " ".repeat(indent + 4);
  const parts = Array.isArray(value)
    ? value.map((each) => literal(each, indent + 4))
    : Object.entries(value).map(([name, each]) => `${inline(name)}: ${literal(each, indent + 4)}`);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  return [open, ...parts.map((part) => `${inner}${part},`), `${" ".repeat(indent)}${close}`].join(
    "\n",
  );
}

function inline(value: Json): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value)) return `[${value.map(inline).join(", ")}]`;
  if (typeof value === "object") {
    return `{${Object.entries(value)
      .map(([name, each]) => `${inline(name)}: ${inline(each)}`)
      .join(", ")}}`;
  }
  return JSON.stringify(value);
}
