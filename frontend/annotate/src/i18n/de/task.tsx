import type { Verdict } from "@annex/annotator-core";
import type { task as english } from "../en/task";
import type { Format } from "../format";

const VERDICTS: Record<Verdict, string> = {
  accept: "angenommen",
  reject: "abgelehnt",
  ignore: "übergangen",
};

export const task = ({ number, plural }: Format): ReturnType<typeof english> => ({
  annotation: "Annotation",
  aLabel: "ein Label",
  aRetiredLabel: "ein Label außer Gebrauch",
  verdicts: VERDICTS,
  accept: "Annehmen",
  reject: "Ablehnen",
  ignore: "Übergehen",
  yes: "Ja",
  no: "Nein",
  undo: "Zurück",
  flag: "Hinweis",
  flagged: "Mit Hinweis",
  labels: "Labels",
  characters: "Zeichen",
  textToAnnotate:
    "Text zum Annotieren. Pfeiltasten bewegen, Umschalt erweitert, die Taste eines Labels markiert.",

  findLabel: "Label suchen",
  labelsFound: (count, first) =>
    first === undefined
      ? "Kein Label dieses Namens"
      : `${plural(count, { one: "1 Label", other: `${number(count)} Labels` })} · Enter nimmt ${first}`,
  textToClassify: "Text zum Einordnen. Die Taste eines Labels wählt es.",
  doesItFit: "Passt es?",
  chooseOne: "Die Taste eines Labels oder ein Klick antwortet sofort.",
  chooseOneTouch: "Ein Tipp auf ein Label antwortet sofort.",
  chooseAny: (accept) => <>Wählen Sie jedes Label, das passt, oder keines; {accept} antwortet.</>,
  chooseAnyTouch: "Tippen Sie auf jedes Label, das passt, oder keines, dann „Annehmen“.",
  dashedLabels: (accept, refuse) => (
    <>
      Gestrichelte Labels sind Vorschläge: {accept} übernimmt, {refuse} verwirft sie.
    </>
  ),
  dashedLabelsTouch: "Gestrichelte Labels sind Vorschläge: „Annehmen“ übernimmt sie.",

  textToAnswer: "Text zum Beantworten. Das Feld für die Antwort steht darunter.",
  yourAnswer: "Ihre Antwort",
  howToWrite: (accept, leave, back) => (
    <>
      {accept} nimmt an. {leave} verlässt das Feld, dann gelten die Tasten der Seite; {back} führt
      zurück.
    </>
  ),
  keyToAccept: "Strg+Enter",
  keyToLeave: "Esc",
  howToWriteTouch: "Schreiben Sie, dann „Annehmen“.",
  textToCompare: "Text, zu dem Fassungen verglichen werden. Die Nummer einer Fassung wählt sie.",
  options: "Fassungen",
  option: (place) => `Fassung ${number(place)}`,
  noneOfThem: "Keine davon",
  pickOne: "Die Nummer einer Fassung oder ein Klick antwortet sofort.",
  pickOneTouch: "Ein Tipp auf eine Fassung antwortet sofort.",
  textToJudge: "Text, der so angenommen oder abgelehnt wird, wie er dasteht.",
  howToJudge: (accept, reject) => (
    <>
      Stimmt es, wie es dasteht? {accept} nimmt an, {reject} lehnt ab.
    </>
  ),
  howToJudgeTouch: "Stimmt es, wie es dasteht? Nehmen Sie an, oder lehnen Sie ab.",

  guidelinesVersion: (version) => `Leitfaden v${version}`,
  mineAndToday: (mine, today) => `${number(mine)} von mir · ${number(today)} heute`,
  answeredHere: "In dieser Aufgabe beantwortet",
  of: (answered, examples) => `${number(answered)} von ${number(examples)}`,
  keysAndHelp: "Tasten und Hilfe",
  saved: "Gespeichert",
  saving: "Wird gespeichert …",
  offline: (unsent) => `Offline · ${number(unsent)} hier aufbewahrt`,
  signedOut: "Abgemeldet",
  retryIn: (seconds) => `neuer Versuch (${number(seconds)} s)`,

  paused: "Diese Aufgabe ruht",
  pausedFinish:
    "Beenden Sie, was Sie haben, wenn Sie möchten; Neues kommt erst, wenn sie wieder offen ist.",
  answered: (verdict) => `Ihre Antwort hierauf: ${VERDICTS[verdict]}.`,
  answeredByOther: (verdict) => `Hierauf gibt es schon eine Antwort: ${VERDICTS[verdict]}.`,
  answeredByOtherWhat:
    "Ändern Sie sie und antworten Sie: Von da an zählt Ihre, und die bisherige bleibt erhalten.",
  changedSince: (answered) => `${answered} Seitdem geändert.`,
  answeredWhat: "Ändern Sie sie und antworten Sie neu, oder lassen Sie sie, wie sie ist.",
  answeredChangedWhat:
    "Die Änderung liegt nur in diesem Browser. Antworten Sie neu, um sie zu speichern.",
  lookAgain: "Sehen Sie hier noch einmal hin",
  lookAgainWhat: {
    merge: (labels, into) =>
      `${labels} wurde zu ${into}. Prüfen Sie die Markierungen und antworten Sie neu.`,
    split: (labels, into) =>
      `${labels} wurde geteilt in ${into}. Wählen Sie für jede Markierung, welches gilt, und antworten Sie neu.`,
    delete: (labels, into) =>
      into
        ? `${labels} wurde zugunsten von ${into} gelöscht. Prüfen Sie die Markierungen und antworten Sie neu.`
        : `${labels} wurde gelöscht. Prüfen Sie, was übrig ist, und antworten Sie neu.`,
  },
  backToWork: "Weiterarbeiten",
  dropChange: "Änderung verwerfen",

  pressLabel: "Drücken Sie nun die Taste eines Labels, oder klicken Sie es an.",
  tapLabel: "Tippen Sie nun auf ein Label.",
  labelChanges: "Ein Label ändert sie.",
  takeAway: "Wegnehmen",
  connect: "Verbinden",
  relations: "Beziehungen",
  noRelations: "Hier stehen Markierungen, die Sie verbinden.",
  relation: (head, label, child) => `${head} – ${label} → ${child}`,
  takeAwayRelation: (relation) => `Wegnehmen: ${relation}`,
  chooseHead: (next, choose) => (
    <>
      Klicken Sie die Markierung an, von der eine Beziehung ausgeht, oder {next} und {choose}.
    </>
  ),
  chooseChild: (next, choose) => (
    <>
      Klicken Sie die Markierung an, zu der sie führt, oder {next} und {choose}; ein Label verbindet
      beide.
    </>
  ),
  tapHead: "Tippen Sie auf die Markierung, von der eine Beziehung ausgeht.",
  tapChild: "Tippen Sie auf die Markierung, zu der sie führt.",
  connectUnder:
    "Drücken Sie nun die Taste eines Labels, oder klicken Sie es an: Es verbindet beide.",
  alsoIdentical: (count, words) =>
    plural(count, {
      one: `Auch 1 weiteres „${words}“`,
      other: `Auch ${number(count)} weitere „${words}“`,
    }),
  hintingWord: "Tippen Sie die Buchstaben, die an einem Wort stehen.",
  hintingEnd: "Ein Label markiert dieses Wort. Ein Buchstabe nimmt alle Wörter bis dorthin.",
  hopping: (typed) => `Zu einem Wort, das so beginnt: ${typed}…`,
  labelCorrects: "Ein Label berichtigt ihn.",
  take: "Übernehmen",
  refuse: "Verwerfen",
  dashed: (next, accept) => (
    <>
      Gestrichelt sind Vorschläge: {next} zum nächsten, {accept} übernimmt alle.
    </>
  ),
  dashedTouch:
    "Gestrichelt sind Vorschläge: Tippen Sie einen an, um ihn zu übernehmen oder zu verwerfen. „Annehmen“ übernimmt alle.",
  heldBack:
    "Zurückgehaltenes Beispiel: mit Absicht ohne Vorschläge, damit die Messung ehrlich bleibt.",
  blind: "Vorschläge sind in dieser Aufgabe verborgen.",
  howToMark: (forward, help) => (
    <>
      Ziehen Sie über Wörter, oder {forward} und die Taste eines Labels. {help} zeigt alle Tasten.
    </>
  ),
  howToMarkTouch: "Drücken und über Wörter ziehen, dann ein Label antippen.",
  replaced: (label, text) => `${label} „${text}“`,
  wouldReplace: (label, replaced) => (
    <>
      {label} würde {replaced} ersetzen.
    </>
  ),
  replace: "Ersetzen",
  keep: "Lassen, was da ist",
  spoken: (words, label) => `${words}: ${label}`,
  spokenSuggested: (words, label) => `${words}: vorgeschlagen ${label}`,

  done: "Alles erledigt",
  doneWhat:
    "Jedes Beispiel, das Ihnen zufällt, ist beantwortet. Danke. Ihre Antworten können Sie in der Liste an der Seite weiter ändern.",
  pausedWhat: "Wer das Projekt leitet, hat sie angehalten; Ihre Antworten sind gespeichert.",
  closed: "Diese Aufgabe ist geschlossen",
  closedWhat: "Sie nimmt keine Antworten mehr an. Alles, was Sie beantwortet haben, bleibt.",
  empty: "Im Moment ist nichts frei",
  emptyWhat: (seconds) =>
    `Andere arbeiten an dem, was übrig ist. In ${number(seconds)} s wird wieder nachgesehen; neu laden müssen Sie nicht.`,
  unreachableWhat: (seconds) =>
    `Neuer Versuch in ${number(seconds)} s. Ihre Antworten liegen in diesem Browser und werden gesendet, sobald er wieder da ist.`,
  lookNow: "Jetzt nachsehen",
  otherTasks: "Meine anderen Aufgaben",

  allRight: "In Ordnung",
  changeAnswer: "Antwort ändern",
  leaseLost:
    "Jemand anders hat dieses Beispiel beantwortet, während Sie weg waren; Ihre Antwort wurde nicht gebraucht.",
  notSaved: (code) =>
    `Eine Antwort wurde nicht gespeichert (${code}). Sagen Sie es der Person, die das Projekt leitet.`,
  conflict: "Diese Antwort wurde anderswo geändert",
  conflictWhat:
    "Vielleicht in einem anderen Fenster von Ihnen. Beide sind zu sehen; gespeichert wird, welche Sie behalten.",
  keepSaved: "Die gespeicherte behalten",
  keepMine: "Meine behalten",
  mine: (verdict) => `Meine: ${VERDICTS[verdict]}`,
  theirs: (verdict) => `Gespeichert: ${VERDICTS[verdict]}`,
  noMarks: "Keine Markierungen",
  flaggedNote: (note) => (note ? `Mit Hinweis: ${note}` : "Mit Hinweis"),
  flagThis: "Hinweis zu diesem Beispiel",
  note: "Notiz",
  noteHint: "Freiwillig. Sie bleibt mit Ihrer Antwort auf diesem Cluster.",
  removeFlag: "Hinweis entfernen",
  comments: "Kommentare zu diesem Beispiel",
  commentsHere: (count) => (count > 0 ? `Kommentare\u00a0·\u00a0${number(count)}` : "Kommentar"),
  noComments: "Noch hat niemand etwas gesagt.",
  someone: "Jemand",
  deleteComment: "Löschen",
  addComment: "Ihr Kommentar",
  commentHint:
    "Alle in dieser Aufgabe können ihn lesen; er bleibt auf diesem Cluster. Umschalt+Eingabe bricht die Zeile um.",
  commentHintBlind:
    "Diese Aufgabe ist blind: Prüfende und Entwickler können ihn lesen, andere Annotatoren nicht. Umschalt+Eingabe bricht die Zeile um.",
  sendComment: "Senden",
  signInAgain: "Neu anmelden",
  openWindowAgain: "Fenster noch einmal öffnen",
  sessionEnded:
    "Ihre Sitzung ist zu Ende. Ihr Beispiel, seine Markierungen und jede nicht gesendete Antwort liegen in diesem Browser; die Anmeldung öffnet sich neben dieser Seite, und Sie machen weiter, wo Sie waren.",

  side: "Leitfaden und Verlauf",
  guidelines: "Leitfaden",
  guidelinesTitle: (version) =>
    version === undefined ? "Leitfaden" : `Leitfaden, Version ${version}`,
  noGuidelines:
    "Noch ist keiner geschrieben. Fragen Sie, wer das Projekt leitet, was zählt und was nicht.",
  definitions: "Was jedes Label bedeutet",
  noDefinition: "Noch nicht beschrieben.",
  counts: "Zählt",
  countsNot: "Zählt nicht",
  justNow: "Gerade eben",
  justNowEmpty: "Hier erscheinen Ihre Antworten; ein Klick öffnet eine zum Ändern.",
  flaggedSign: "mit Hinweis",
  earlier: "Frühere Antworten",
  today: "Heute",
  answeredToday: "beantwortet",
  workingToday: "gearbeitet",
  examples: (count) => plural(count, { one: "1 Beispiel", other: `${number(count)} Beispiele` }),
});
