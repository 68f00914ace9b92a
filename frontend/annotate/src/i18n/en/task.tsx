/** The annotation screen. */
import type { Verdict } from "@annex/annotator-core";
import type { ReactNode } from "react";
import type { Format } from "../format";

const VERDICTS: Record<Verdict, string> = {
  accept: "accept",
  reject: "reject",
  ignore: "ignore",
};

export const task = ({ number, plural }: Format) => ({
  annotation: "Annotation",
  aLabel: "a label",
  aRetiredLabel: "a retired label",
  verdicts: VERDICTS,
  accept: "Accept",
  reject: "Reject",
  ignore: "Ignore",
  yes: "Yes",
  no: "No",
  undo: "Undo",
  flag: "Flag",
  flagged: "Flagged",
  labels: "Labels",
  characters: "Characters",
  textToAnnotate: "Text to annotate. Arrow keys move, Shift extends, a label's key marks.",

  findLabel: "Find a label",
  labelsFound: (count: number, first: string | undefined) =>
    first === undefined
      ? "No label of that name"
      : `${plural(count, { one: "1 label", other: `${number(count)} labels` })} · Enter takes ${first}`,
  textToClassify: "Text to classify. A label's key chooses it.",
  doesItFit: "Does it fit?",
  chooseOne: "A label's key, or a click, answers at once.",
  chooseOneTouch: "A tap on a label answers at once.",
  chooseAny: (accept: ReactNode): ReactNode => (
    <>Choose every label that fits, or none; {accept} answers.</>
  ),
  chooseAnyTouch: "Tap every label that fits, or none, then Accept.",
  dashedLabels: (accept: ReactNode, refuse: ReactNode): ReactNode => (
    <>
      Dashed labels are suggestions: {accept} takes them, {refuse} refuses them.
    </>
  ),
  dashedLabelsTouch: "Dashed labels are suggestions: Accept takes them.",

  textToAnswer: "Text to answer. The field for the answer stands below it.",
  yourAnswer: "Your answer",
  howToWrite: (accept: ReactNode, leave: ReactNode, back: ReactNode): ReactNode => (
    <>
      {accept} accepts. {leave} leaves the field for the page's keys, {back} goes back to it.
    </>
  ),
  keyToAccept: "Ctrl+Enter",
  keyToLeave: "Esc",
  howToWriteTouch: "Write, then Accept.",
  textToCompare: "Text to compare options for. An option's number picks it.",
  options: "Options",
  option: (place: number) => `Option ${number(place)}`,
  noneOfThem: "None of them",
  pickOne: "An option's number, or a click, answers at once.",
  pickOneTouch: "A tap on an option answers at once.",
  textToJudge: "Text to accept or reject as it stands.",
  howToJudge: (accept: ReactNode, reject: ReactNode): ReactNode => (
    <>
      Is it right as it stands? {accept} accepts, {reject} rejects.
    </>
  ),
  howToJudgeTouch: "Is it right as it stands? Accept or reject.",

  guidelinesVersion: (version: number) => `guidelines v${version}`,
  mineAndToday: (mine: number, today: number) => `${number(mine)} mine · ${number(today)} today`,
  answeredHere: "Answered in this task",
  of: (answered: number, examples: number) => `${number(answered)} of ${number(examples)}`,
  keysAndHelp: "Keys and help",
  saved: "Saved",
  saving: "Saving…",
  offline: (unsent: number) => `Offline · ${number(unsent)} kept here`,
  signedOut: "Signed out",
  retryIn: (seconds: number) => `retry (${number(seconds)} s)`,

  paused: "This task is paused",
  pausedFinish: "Finish what you have, if you like; nothing new comes until it is open again.",
  answered: (verdict: Verdict) => `You answered this: ${VERDICTS[verdict]}.`,
  answeredByOther: (verdict: Verdict) => `This has an answer already: ${VERDICTS[verdict]}.`,
  answeredByOtherWhat:
    "Change it and answer: yours counts from then on, and the answer that was there is kept.",
  changedSince: (answered: string) => `${answered} Changed since.`,
  answeredWhat: "Change it and answer again, or leave it as it is.",
  answeredChangedWhat: "The change is kept in this browser only. Answer again to save it.",
  lookAgain: "Look at this once more",
  lookAgainWhat: {
    merge: (labels: string, into: string) =>
      `${labels} became ${into}. Check the marks and answer again.`,
    split: (labels: string, into: string) =>
      `${labels} was split into ${into}. Choose which one each mark is and answer again.`,
    delete: (labels: string, into: string) =>
      into
        ? `${labels} was deleted in favour of ${into}. Check the marks and answer again.`
        : `${labels} was deleted. Check what is left and answer again.`,
  },
  backToWork: "Back to work",
  dropChange: "Drop the change",

  pressLabel: "Now press a label's key, or click the label.",
  tapLabel: "Now tap a label.",
  labelChanges: "A label changes it.",
  takeAway: "Take away",
  connect: "Connect",
  relations: "Relations",
  noRelations: "Marks that you connect are listed here.",
  relation: (head: string, label: string, child: string) => `${head} – ${label} → ${child}`,
  takeAwayRelation: (relation: string) => `Take away: ${relation}`,
  chooseHead: (next: ReactNode, choose: ReactNode): ReactNode => (
    <>
      Click the mark that a relation goes from, or {next} and {choose}.
    </>
  ),
  chooseChild: (next: ReactNode, choose: ReactNode): ReactNode => (
    <>
      Click the mark that it goes to, or {next} and {choose}; a label connects them.
    </>
  ),
  tapHead: "Tap the mark that a relation goes from.",
  tapChild: "Tap the mark that it goes to.",
  connectUnder: "Now press a label's key, or click the label: it connects the two marks.",
  alsoIdentical: (count: number, words: string) =>
    plural(count, {
      one: `Also 1 more “${words}”`,
      other: `Also ${number(count)} more “${words}”`,
    }),
  hintingWord: "Type the letters that stand at a word.",
  hintingEnd: "A label marks this word. A letter takes all words up to it.",
  hopping: (typed: string) => `Go to a word that begins with: ${typed}…`,
  labelCorrects: "A label corrects it.",
  take: "Take",
  refuse: "Refuse",
  dashed: (next: ReactNode, accept: ReactNode): ReactNode => (
    <>
      Dashed marks are suggestions: {next} next, {accept} takes all.
    </>
  ),
  dashedTouch: "Dashed marks are suggestions: tap one to take or refuse it. Accept takes all.",
  heldBack: "Held-back example: no suggestions, on purpose, so that the score stays honest.",
  blind: "Suggestions are hidden in this task.",
  howToMark: (forward: ReactNode, help: ReactNode): ReactNode => (
    <>
      Drag over words, or {forward} and a label's key. {help} shows all keys.
    </>
  ),
  howToMarkTouch: "Press and drag over words, then tap a label.",
  replaced: (label: string, text: string) => `${label} “${text}”`,
  wouldReplace: (label: string, replaced: ReactNode): ReactNode => (
    <>
      {label} would replace {replaced}.
    </>
  ),
  replace: "Replace",
  keep: "Keep what is there",
  spoken: (words: string, label: string) => `${words}: ${label}`,
  spokenSuggested: (words: string, label: string) => `${words}: suggested ${label}`,

  done: "All done",
  doneWhat:
    "Every example that is yours is answered. Thank you. Your answers stay open to changes in the list at the side.",
  pausedWhat: "Whoever runs the project has paused it; what you answered is saved.",
  closed: "This task is closed",
  closedWhat: "It takes no more answers. Everything you answered is kept.",
  empty: "Nothing free at the moment",
  emptyWhat: (seconds: number) =>
    `Others are working on what is left. Looking again in ${number(seconds)} s; you need not reload.`,
  unreachableWhat: (seconds: number) =>
    `Trying again in ${number(seconds)} s. What you answered is kept in this browser and sent when it is back.`,
  lookNow: "Look now",
  otherTasks: "My other tasks",

  allRight: "All right",
  changeAnswer: "Change the answer",
  leaseLost: "Someone else answered this example while you were away, so yours was not needed.",
  notSaved: (code: string) => `One answer was not saved (${code}). Tell whoever runs the project.`,
  conflict: "This answer was changed somewhere else",
  conflictWhat: "Perhaps in another window of yours. Both are shown; the one you keep is saved.",
  keepSaved: "Keep the saved one",
  keepMine: "Keep mine",
  mine: (verdict: Verdict) => `Mine: ${VERDICTS[verdict]}`,
  theirs: (verdict: Verdict) => `Saved: ${VERDICTS[verdict]}`,
  noMarks: "No marks",
  flaggedNote: (note: string) => (note ? `Flagged: ${note}` : "Flagged"),
  flagThis: "Flag this example",
  note: "Note",
  noteHint: "Optional. It stays on this cluster, with your answer.",
  removeFlag: "Remove the flag",
  comments: "Comments on this example",
  commentsHere: (count: number) =>
    count > 0 ? `Comments\u00a0·\u00a0${number(count)}` : "Comment",
  noComments: "Nobody has said anything yet.",
  someone: "Somebody",
  deleteComment: "Delete",
  addComment: "Your comment",
  commentHint:
    "Everyone on this task can read it; it stays on this cluster. Shift+Enter breaks the line.",
  commentHintBlind:
    "This task is blind: reviewers and developers can read it, other annotators cannot. Shift+Enter breaks the line.",
  sendComment: "Send",
  signInAgain: "Sign in again",
  openWindowAgain: "Open the window again",
  sessionEnded:
    "Your session has ended. Your example, its marks and every unsent answer are kept in this browser; signing in opens beside this page and you go on where you were.",

  side: "Guidelines and history",
  guidelines: "Guidelines",
  guidelinesTitle: (version: number | undefined) =>
    version === undefined ? "Guidelines" : `Guidelines, version ${version}`,
  noGuidelines: "None are written yet. Ask whoever runs the project what counts and what does not.",
  definitions: "What each label means",
  noDefinition: "Not defined yet.",
  counts: "Counts",
  countsNot: "Does not count",
  justNow: "Just now",
  justNowEmpty: "Your answers appear here; click one to change it.",
  flaggedSign: "flagged",
  earlier: "Earlier answers",
  today: "Today",
  answeredToday: "answered",
  workingToday: "working",
  examples: (count: number) =>
    plural(count, { one: "1 example", other: `${number(count)} examples` }),
});
