import type { pages as english } from "../en/pages";
import type { Format } from "../format";

export const pages = ({ number, plural, points }: Format): ReturnType<typeof english> => ({
  label: "Label",
  precision: "Genauigkeit",
  recall: "Trefferquote",
  answers: "Antworten",
  wordsPerSecond: "Wörter/s",
  wordsPerSecondCount: (count) => `${number(count)} Wörter/s`,
  howGood: "Wie gut es ist",
  howGoodWhat: ({ training, evaluation, found, wrong }) =>
    `Gelernt aus ${number(training)} Antworten, gemessen an ${number(evaluation)} zurückgehaltenen Beispielen: Es findet ${number(found)} von 100; ${number(wrong)} von 100 seiner Markierungen sind falsch.`,
  inTheData: "In den Daten",
  seeMistakes: "Fehler ansehen und vergleichen",
  all: "Alle",
  learningCurve: "Lernkurve",
  learningCurveWhat: "neu gelernt aus einem Teil der Antworten",

  export: "Export",
  exportLead:
    "Beantwortete Beispiele als Datei. Downloads stehen im eigenen Protokoll des Clusters.",
  output: "Was der Auftrag hinterlassen hat",
  outputLead:
    "Die Dateien, die sein Rezept in seinen Ausgabeordner gelegt hat, in einem Archiv. Downloads stehen im eigenen Protokoll des Clusters.",
  files: "Dateien",
  notInFile: (count) =>
    plural(count, {
      one: "Eine Antwort ist nicht in der Datei",
      other: `${number(count)} Antworten sind nicht in der Datei`,
    }),
  notInFileWhat: "Das Format kann sie nicht fassen; JSONL und Parquet fassen jede Antwort.",
  lacking: "Was dieses Format nicht fassen kann",
  lackingWhat: "Diese Liste bleibt auf dem Cluster",
  leftOut: (count) =>
    plural(count, {
      one: "1 Antwort weggelassen:",
      other: `${number(count)} Antworten weggelassen:`,
    }),
  leftPartly: (count) =>
    plural(count, {
      one: "1 Antwort teilweise geschrieben:",
      other: `${number(count)} Antworten teilweise geschrieben:`,
    }),
  lacks: {
    verdict: "abgelehnt oder übergangen, also ohne Aussage darüber, was richtig ist",
    unmarked: "in diesen Texten sollte niemand etwas markieren",
    span_edges: "eine Markierung beginnt oder endet mit Leerraum, der zu keinem Token gehört",
    overlap: "Markierungen überlappen, und ein Token hat hier nur eine",
    relations: "ohne die Beziehungen zwischen Markierungen",
    choices: "ohne die Labels für den ganzen Text",
    written: "als Antwort wurde ein Text geschrieben, für den das Format keinen Platz hat",
    picked: "eine von mehreren Fassungen wurde gewählt, wofür das Format keinen Platz hat",
    note: "ohne Notiz oder Fähnchen der annotierenden Person",
    meta: "ohne die Angaben der Datei zum Text (meta)",
  },
  andMore: (count) => `Und ${number(count)} weitere.`,
  format: "Format",
  examples: "Beispiele",
  size: "Größe",
  download: "Herunterladen",

  failure: "Was schiefging",
  failureLead:
    "Die Konsole kennt den Code, die Stufe und die Nummer dieser Seite. Alles Weitere bleibt auf diesem Cluster.",
  code: "Code",
  stage: "Stufe",
  when: "Wann",
  traceback: "Traceback",

  guidelines: "Leitfaden",
  guidelinesLead:
    "Was als was zählt, und was nicht. Wer annotiert, sieht ihn mit seiner Version neben jedem Text. Er bleibt auf diesem Cluster.",
  guidelinesStart: "## LABEL\n\nWas zählt, in einem Satz. Was nicht. Je zwei Beispiele.\n",
  versionSaved: (version) => `Version ${version} ist gespeichert`,
  versionSavedWhat:
    "Zu sehen ist sie, sobald die Aufgabe geöffnet oder ihre Seite neu geladen wird.",
  markdown: "Markdown",
  markdownHint: "Überschriften, Listen, fett, Links. Rohes HTML wird nicht gezeigt.",
  asSeen: "So ist er beim Annotieren zu sehen",
  saveVersion: (version) => `Version ${version} speichern`,
  newVersion:
    "Eine neue Version tritt an die Stelle der vorigen. Antworten sagen nicht, unter welcher Version sie gegeben wurden.",

  definitions: (project) => `Labels von ${project}`,
  definitionsLead:
    "Was als welches Label zählt, mit Beispielen. Beim Annotieren zeigt es eine Taste. Es bleibt auf diesem Cluster.",
  definition: "Bedeutung",
  definitionHint: "Ein, zwei Sätze: was zählt, und wo es endet.",
  countsLine: "Zählt, eines je Zeile",
  countsNotLine: "Zählt nicht, eines je Zeile",
  saveDefinition: "Speichern",
  definitionSaved: "Gespeichert",
  noLabelsYet: "Noch keine Labels",
  noLabelsYetWhat: "Legen Sie in der Konsole Labels an; dann erscheinen sie hier.",

  model: "Modell",
  modelLead: (examples, size) => `Gelernt aus ${number(examples)} Beispielen; ${size}.`,
  install: "Installieren",
  downloadWheel: (size) => `Wheel herunterladen (${size})`,
  notPackaged: "Noch nicht verpackt",
  notPackagedWhat:
    "Starten Sie in der Konsole „Package“ für dieses Modell; danach kann das Wheel hier heruntergeladen werden.",
  notEvaluated: "Noch nicht bewertet",
  notEvaluatedWhat: "Starten Sie in der Konsole „Evaluate“, um zu sehen, wie gut es ist.",
  howMade: "Wie es entstand",
  component: "Komponente",
  labels: "Labels",
  trainingExamples: "Beispiele zum Lernen",
  seed: "Startwert",
  snapshot: "Datenstand",
  trained: "Trainiert",
  configuration: "Konfiguration",

  rules: "Regeln",
  rulesLead:
    "Wendungen und Ausdrücke, die von selbst Text markieren. Sie machen Vorschläge beim Annotieren, und die Tafel misst jedes Modell an ihnen. Sie bleiben auf diesem Cluster.",
  noLabels: "Dieses Projekt hat noch keine Labels",
  noLabelsWhat:
    "Legen Sie sie in der Konsole unter „Labels“ an und öffnen Sie diese Seite dann neu.",
  rulesSaved: (count, version) =>
    `${plural(count, { one: "1 Regel ist", other: `${number(count)} Regeln sind` })} gespeichert, Version ${version}`,
  rulesSavedWhat:
    "Sie können nun Vorschläge machen und als Vergleich dienen; die Konsole bietet beides an.",
  oneALine: "Eine je Zeile; die letzte, leere Zeile ist für die nächste",
  line: "Zeile",
  kind: "Art",
  whatToFind: "Was zu finden ist",
  remove: "Entfernen",
  saveRules: "Regeln speichern",
  pasteOrOpen: "Musterdatei einfügen oder öffnen",
  allChecked: "Alle werden erst geprüft; ist eine schlecht, wird keine gespeichert.",
  patternsFile: "Musterdatei",
  addRules: (count) =>
    plural(count, { one: "1 Regel hinzufügen", other: `${number(count)} Regeln hinzufügen` }),
  patternsWhat: "JSONL, ein Muster je Zeile, wie Prodigy und spaCy sie schreiben:",
  orPaste: "Oder einfügen",
  notAPattern: (line) => `Zeile ${number(line)} ist kein Muster.`,
  kinds: { phrase: "Wendung", regex: "Regulärer Ausdruck", tokens: "Tokenmuster" },
  labelOfRule: (line) => `Label der Regel ${line}`,
  kindOfRule: (line) => `Art der Regel ${line}`,
  findsOfRule: (line) => `Was Regel ${line} findet`,
  removeRule: (line) => `Regel ${line} entfernen`,
  choose: "Wählen …",
  ruleProblems: {
    label: "Wählen Sie ein Label.",
    list: 'Eine Liste von Token, etwa [{"LOWER": "api"}].',
    json: 'Kein JSON. Schreiben Sie eine Liste von Token, etwa [{"LOWER": "api"}].',
  },

  hits: "Treffer",
  hitsWhat: (measured, sampled) =>
    `${number(measured)} in zurückgehaltenen Texten, ${number(sampled)} in Texten zum Annotieren`,
  trial: "Wie sie jetzt dastehen",
  trialOn: (measured, sampled) =>
    `erprobt an ${number(measured)} zurückgehaltenen Texten und ${number(sampled)} zum Annotieren; nichts wird gespeichert`,
  trialNoGold: "Noch ist kein zurückgehaltener Text beantwortet, also gibt es kein F zu messen.",
  trialChange: (change, saved) =>
    `${change < 0 ? "−" : "+"}${points(Math.abs(change))} gegen die gespeicherten Regeln mit ${points(saved)}`,
});
