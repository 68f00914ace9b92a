/** Evaluations: figures, mistakes, differences. */
import type { Format } from "../format";

export const results = ({ number, plural, points }: Format) => ({
  evaluation: "Evaluation",
  measuredOn: (predictor: string, dataset: string) => `${predictor} on ${dataset}`,
  measuredWhat: (figures: {
    readonly examples: number;
    readonly found: number;
    readonly wrong: number;
    readonly isWhole: boolean;
  }) =>
    `Measured on ${number(figures.examples)} held-back examples: it finds ${number(figures.found)} of 100; ${number(figures.wrong)} of 100 of its ${figures.isWhole ? "labels" : "marks"} are wrong.`,
  figures: "Figures",
  between: (low: number, high: number) =>
    `F between ${points(low)} and ${points(high)} in 95 of 100 such sets`,
  nothingHidden: "Every figure is shown here, also those on few examples. Measured",
  macro: "Mean of the labels",
  confusion: "Labels confused",
  confusionWhat: "how many texts of a row's label were given a column's",
  rightIs: "Right is",
  rocAuc: "ROC AUC",
  compare: "Compare with",
  compareWhat: "measured on the same texts",
  onlyFigures: "Only the figures were kept",
  onlyFiguresWhat:
    "Points of a learning curve, and what was measured before mistakes were kept, have no texts. Evaluate once more to see them.",

  worst: "Worst texts",
  texts: (shown: number, all: number) =>
    shown === all
      ? plural(all, { one: "1 text", other: `${number(all)} texts` })
      : `${number(shown)} of ${number(all)} texts`,
  byKind: "Kind of mistake",
  byLabel: "Label",
  everyLabel: "Every label",
  allKinds: "All",
  kinds: { missed: "Missed", spurious: "Spurious", boundary: "Boundary", label: "Label" },
  kindWhat: {
    missed: "Something is there and was not found",
    spurious: "Something was found where nothing is",
    boundary: "Right label, wrong edges or head",
    label: "Found, under another label",
  },
  noMistakes: "No such mistakes",
  noMistakesWhat: "Choose another kind or label.",
  editAnswer: "Edit your answer",
  correctAnswer: "Correct the answer",
  correctionsCount:
    "Is the answer wrong, and not the predictor? Correct it; it counts from the next evaluation on.",
  whyNotEdited: {
    no_task:
      "Its answer cannot be edited: no task asks about this text with all of the answer's labels.",
    closed: "Its answer cannot be edited: the task that asks about this text is closed.",
  },
  right: "Right",
  insteadOf: (predicted: string, gold: string) => `${predicted}, not ${gold}`,
  refused: (labels: string) => `not ${labels}`,
  none: "nothing",

  comparison: "Difference",
  againstTitle: (after: string, before: string) => `${after} against ${before}`,
  verdict: (said: {
    readonly after: string;
    readonly before: string;
    readonly difference: number;
    readonly low: number;
    readonly high: number;
    readonly isTold: boolean;
  }) => {
    const range = `between ${signed(points(said.low))} and ${signed(points(said.high))} points`;
    if (!said.isTold) return `Too close to tell: the difference of F lies ${range}.`;
    const [first, second] =
      said.difference > 0 ? [said.after, said.before] : [said.before, said.after];
    return `${first} is better than ${second} by ${points(Math.abs(said.difference))} points of F; the difference lies ${range}.`;
  },
  changed: (
    changes: { readonly fixed: number; readonly broken: number; readonly same: number },
    after: string,
    before: string,
  ) =>
    `${after} makes fewer mistakes than ${before} in ${number(changes.fixed)} texts, more in ${number(changes.broken)}, as many in ${number(changes.same)}.`,
  byChange: "What changed",
  changeNames: { fixed: "Fixed", broken: "Broken" },
  noSuchTexts: "No such texts",

  tryTitle: "Try a sentence",
  tryWhat: "what every predictor of a project says to it",
  tryLead:
    "Every predictor of the project answers side by side. What you type is neither stored nor logged.",
  trySentence: "Sentence",
  tryHint: "Enter asks; Shift and Enter begins a new line.",
  try: "Ask all of them",
  trying: "Asking…",
  noPredictors: "No predictors yet",
  noPredictorsWhat: "Write rules or train a model; each of them answers here.",
  whatEachSays: "What each says",
  notLoaded: (name: string) => `${name} cannot be loaded here.`,
  took: (milliseconds: number) => `${number(Math.ceil(milliseconds))} ms`,
});

const signed = (points: string): string => (points.startsWith("-") ? points : `+${points}`);
