/** The pages about recipes that were published to this cluster: texts, streams, packages. */
import type { Format } from "../format";

export const recipes = ({ plural, number }: Format) => ({
  by: (at: string, name: string) => `${at}, ${name}`,
  somebody: "somebody",
  never: "never",
  lookAgain: "Look again",

  texts: (project: string) => `Texts of ${project}`,
  textsLead:
    "What recipes are told in words: a question, an instruction, a prompt. They read it here; the console knows its id and nothing else.",
  formWaits: "A form in the console waits for a text",
  formWaitsWhat:
    "Write one, or choose one that is here, and hand its id back. The words stay on this cluster.",
  writeText: "Write a text",
  text: "Text",
  textHint: "The recipe reads it as it stands here, with its line breaks.",
  textTooLong: (most: number) => `It has more than ${number(most)} characters.`,
  keepText: "Keep it on this cluster",
  textKept: "It is kept. This is its id:",
  handBack: "Hand its id to the form",
  copyId: "Copy the id",
  copied: "Copied",
  textsHere: "Texts of this project",
  noTexts: "No text yet",
  noTextsWhat:
    "Recipes that are told something in words ask for a text's id. Texts are never changed: write another, and make the task or the job with that.",
  wholeText: "Show all of it",

  stream: "Stream",
  streamOf: (task: string) => `Stream of “${task}”`,
  streamLead:
    "What the recipe of this task does on this cluster. Its failures may quote text, so they stay here.",
  streamStates: {
    open: "The stream gives examples",
    ended: "The stream has no more examples",
    refused: "The recipe does not run on this cluster",
    failed: "The recipe has failed",
  },
  streamStatesWhat: {
    open: "More are taken as people need them, never all at once.",
    ended: "People answer what was taken; nothing more comes.",
    refused: "Look whether its package is installed, then try again.",
    failed:
      "People answer what was taken before. Nothing more comes until somebody tries again; it goes on where it was.",
  },
  refusals: {
    "recipe.not_installed":
      "Its package is not installed here. Publish the package to this cluster.",
    "recipe.other_digest":
      "Another package is installed here under the same name and version. Publish it under a new version and make the task with that.",
    "recipe.unknown":
      "The installed package has no such recipe of this kind. Publish a version that has it.",
    "recipe.bad_arguments":
      "The task's arguments do not fit the installed recipe. Make the task anew.",
    "recipe.missing_resource":
      "Something that its arguments name is not on this cluster. Make the task anew with what is there.",
    "recipe.not_provided":
      "This version of the worker gives neither endpoints nor secrets to recipes.",
  } as Readonly<Record<string, string>>,
  taken: "Examples taken",
  drawnAt: "Last taken",
  tryAgainWhat: "It goes on after the last example that was taken.",
  noFailures: "Nothing has failed",
  noFailuresWhat: "If it does, what the recipe raised and printed stands here.",
  failures: "What went wrong",
  newestFirst: "the newest first",
  failureKinds: {
    "recipe.raised": "The recipe raised an error",
    "recipe.exited": "The recipe's process ended",
    "recipe.timed_out": "The recipe did not answer in time",
    "recipe.garbage": "The recipe's process answered what is no answer",
    "recipe.too_long": "The recipe's process said more than may be said at once",
    "recipe.bad_example": "The recipe gave an example that cannot be stored",
    "recipe.bad_answer": "The recipe gave an answer that cannot be saved",
    "recipe.unfenced": "This machine cannot fence a recipe in",
  } as Readonly<Record<string, string>>,
  unchecked: (count: number) =>
    plural(count, {
      one: "1 answer was saved as it was given, without the recipe's check.",
      other: `${number(count)} answers were saved as they were given, without the recipe's check.`,
    }),
  traceback: "Traceback",
  printed: "What it printed",

  packages: "Packages of recipes",
  packagesLead:
    "Code that developers published to this cluster. Each package runs fenced in: it reaches no network, no database and no file but those of its arguments.",
  noPackages: "No package yet",
  noPackagesWhat: "annex recipes publish brings one here from a developer's laptop.",
  packageStates: {
    waiting: "waits for approval",
    installing: "is being installed",
    installed: "installed",
    refused: "could not be installed",
  },
  published: (at: string, name: string) => `Published ${at} by ${name}.`,
  approved: (at: string, name: string) => `Approved ${at} by ${name}.`,
  waitsWhat:
    "Nothing of it runs until an administrator of the cluster has approved it. Compare the digests of its wheels with the developer's first.",
  approvePackage: "Approve and install",
  approvePackageWhat: "Your name and the moment go into the access log.",
  approveOnMachine: "Packages are approved on the command line here",
  approveOnMachineWhat:
    "ANNEX_ADMINISTRATION_IN_BROWSER is false: use python -m worker packages approve.",
  whatIsInIt: "Recipes, wheels and the log of its installation",
  recipesOfIt: "Recipes",
  recipe: "Recipe",
  kind: "Kind",
  kinds: { task: "task", job: "job" } as Readonly<Record<string, string>>,
  does: "What it does",
  wheels: "Wheels",
  file: "File",
  size: "Size",
  digest: "SHA-256",
  installLog: "What installing it said",

  ofProjects: "Recipes",
  ofProjectsWhat: "For developers: what recipes are told, how they run, what was published.",
  textsLink: (project: string) => `Texts of ${project}`,
  packagesLink: "Packages on this cluster",
});
