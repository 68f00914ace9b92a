/** Rules, guidelines, models, exports, failures. */
import type { Format } from "../format";

export const pages = ({ number, plural, points }: Format) => ({
  label: "Label",
  precision: "Precision",
  recall: "Recall",
  answers: "Answers",
  wordsPerSecond: "Words/s",
  wordsPerSecondCount: (count: number) => `${number(count)} words/s`,
  howGood: "How good it is",
  howGoodWhat: (figures: {
    readonly training: number;
    readonly evaluation: number;
    readonly found: number;
    readonly wrong: number;
  }) =>
    `Trained on ${number(figures.training)} answers, measured on ${number(figures.evaluation)} held-back examples: it finds ${number(figures.found)} of 100; ${number(figures.wrong)} of 100 of its marks are wrong.`,
  inTheData: "In the data",
  seeMistakes: "See its mistakes, and compare it",
  all: "All",
  learningCurve: "Learning curve",
  learningCurveWhat: "trained again on a part of the answers",

  export: "Export",
  exportLead: "Answered examples as a file. Downloads are noted in the cluster's own log.",
  output: "What the job has left",
  outputLead:
    "The files that its recipe put into its output folder, in one archive. Downloads are noted in the cluster's own log.",
  files: "Files",
  notInFile: (count: number) =>
    plural(count, {
      one: "One answer is not in the file",
      other: `${number(count)} answers are not in the file`,
    }),
  notInFileWhat: "The format cannot hold them; JSONL and Parquet hold every answer.",
  lacking: "What this format cannot hold",
  lackingWhat: "This list stays on the cluster",
  leftOut: (count: number) =>
    plural(count, { one: "1 answer left out:", other: `${number(count)} answers left out:` }),
  leftPartly: (count: number) =>
    plural(count, {
      one: "1 answer written in part:",
      other: `${number(count)} answers written in part:`,
    }),
  lacks: {
    verdict: "rejected or ignored, so they do not say what is right",
    unmarked: "nobody was asked to mark anything in these texts",
    span_edges: "a mark begins or ends with white space, which is part of no token",
    overlap: "marks overlap, and a token here has one mark",
    relations: "without the relations between marks",
    choices: "without the labels chosen for the whole text",
    written: "a text was written in answer, which the format has no place for",
    picked: "one of several options was picked, which the format has no place for",
    note: "without the annotator's note or flag",
    meta: "without what the file said about the text (meta)",
  },
  andMore: (count: number) => `And ${number(count)} more.`,
  format: "Format",
  examples: "Examples",
  size: "Size",
  download: "Download",

  failure: "What went wrong",
  failureLead:
    "The console knows the code, the stage and this page's number. Everything below stays on this cluster.",
  code: "Code",
  stage: "Stage",
  when: "When",
  traceback: "Traceback",

  guidelines: "Guidelines",
  guidelinesLead:
    "What counts as what, and what does not. Annotators see them beside every text, with their version. They stay on this cluster.",
  guidelinesStart:
    "## LABEL\n\nWhat counts, in one sentence. What does not. Two examples of each.\n",
  versionSaved: (version: number) => `Version ${version} is saved`,
  versionSavedWhat: "Annotators see it when they open the task, or load its page again.",
  markdown: "Markdown",
  markdownHint: "Headings, lists, bold, links. Raw HTML is shown as nothing.",
  asSeen: "As annotators see it",
  saveVersion: (version: number) => `Save version ${version}`,
  newVersion:
    "A new version takes the place of the one before. Answers do not say which version they were given under.",

  definitions: (project: string) => `Labels of ${project}`,
  definitionsLead:
    "What counts as each label, with examples. Annotators read it beside the text with one key. It stays on this cluster.",
  definition: "Definition",
  definitionHint: "One or two sentences: what counts, and where it ends.",
  countsLine: "Counts, one a line",
  countsNotLine: "Does not count, one a line",
  saveDefinition: "Save",
  definitionSaved: "Saved",
  noLabelsYet: "No labels yet",
  noLabelsYetWhat: "Add labels in the console; they appear here.",

  model: "Model",
  modelLead: (examples: number, size: string) =>
    `Learned from ${number(examples)} examples; ${size}.`,
  install: "Install it",
  downloadWheel: (size: string) => `Download the wheel (${size})`,
  notPackaged: "Not packaged yet",
  notPackagedWhat:
    "Start “Package” for this model in the console; the wheel can be downloaded here afterwards.",
  notEvaluated: "Not evaluated yet",
  notEvaluatedWhat: "Start “Evaluate” in the console to see how good it is.",
  howMade: "How it was made",
  component: "Component",
  labels: "Labels",
  trainingExamples: "Training examples",
  seed: "Seed",
  snapshot: "Snapshot",
  trained: "Trained",
  configuration: "Configuration",

  rules: "Rules",
  rulesLead:
    "Phrases and expressions that mark text by themselves. They suggest marks to annotators, and the board measures every model against them. They stay on this cluster.",
  noLabels: "This project has no labels yet",
  noLabelsWhat: "Make them in the console under Labels, then open this page again.",
  rulesSaved: (count: number, version: number) =>
    `${plural(count, { one: "1 rule is", other: `${number(count)} rules are` })} saved, version ${version}`,
  rulesSavedWhat:
    "They can be used for suggestions and as the baseline now; the console offers both.",
  oneALine: "One a line; the last empty line is for the next",
  line: "Line",
  kind: "Kind",
  whatToFind: "What to find",
  remove: "Remove",
  saveRules: "Save rules",
  pasteOrOpen: "Paste or open a patterns file",
  allChecked: "All are checked first; one bad rule and none is saved.",
  patternsFile: "Patterns file",
  addRules: (count: number) =>
    plural(count, { one: "Add 1 rule", other: `Add ${number(count)} rules` }),
  patternsWhat: "JSONL, one pattern a line, as Prodigy and spaCy write them:",
  orPaste: "Or paste",
  notAPattern: (line: number) => `Line ${number(line)} is not a pattern.`,
  kinds: { phrase: "Phrase", regex: "Regular expression", tokens: "Token pattern" },
  labelOfRule: (line: number) => `Label of rule ${line}`,
  kindOfRule: (line: number) => `Kind of rule ${line}`,
  findsOfRule: (line: number) => `What rule ${line} finds`,
  removeRule: (line: number) => `Remove rule ${line}`,
  choose: "Choose…",
  ruleProblems: {
    label: "Choose a label.",
    list: 'A list of tokens, such as [{"LOWER": "api"}].',
    json: 'Not JSON. Write a list of tokens, such as [{"LOWER": "api"}].',
  },

  hits: "Hits",
  hitsWhat: (measured: number, sampled: number) =>
    `${number(measured)} in held-back texts, ${number(sampled)} in texts to annotate`,
  trial: "As they stand now",
  trialOn: (measured: number, sampled: number) =>
    `tried on ${number(measured)} held-back texts and ${number(sampled)} to annotate; nothing is saved`,
  trialNoGold: "No held-back text has been answered yet, so there is no F to measure.",
  trialChange: (change: number, saved: number) =>
    `${change < 0 ? "−" : "+"}${points(Math.abs(change))} against the saved rules at ${points(saved)}`,
});
