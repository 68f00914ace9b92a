import type { data as english } from "../en/data";
import type { Format } from "../format";

export const data = ({ number, percent, plural }: Format): ReturnType<typeof english> => ({
  title: "Daten",
  leads: {
    empty:
      "Wählen Sie die Datei mit Ihren Texten. Sie bleibt auf diesem Cluster: Nur Zahlen verlassen ihn.",
    uploaded:
      "So wird die Datei gelesen. Sehen Sie es an, ändern Sie, was nicht stimmt, und bestätigen Sie.",
    refused:
      "Nichts aus dieser Datei wurde importiert. Lassen Sie die schlechten Zeilen weg, lesen Sie sie anders, oder bringen Sie eine andere Datei.",
    importing: "Bestätigt. Sie wird importiert; diese Seite verfolgt es.",
    ready: "Importiert. Die Beispiele können annotiert werden.",
  },
  confirmed: "Diese Daten sind bestätigt",
  imported: "Diese Daten sind importiert",
  heldBack: (count) =>
    plural(count, {
      one: "Ein Beispiel ist für die Bewertung zurückgehalten.",
      other: `${number(count)} Beispiele sind für die Bewertung zurückgehalten.`,
    }),
  noneHeldBack: "Keine Beispiele sind zurückgehalten.",
  goBack: "Gehen Sie zurück in die Konsole, um mit dem Annotieren zu beginnen.",
  rows: (count) => plural(count, { one: "1 Zeile", other: `${number(count)} Zeilen` }),
  leftOut: "Weggelassene Zeilen",
  byLine: "nach Zeile",
  byLineCount: (count) => `${number(count)} nach Zeile`,
  allUnderstood: "Jede Zeile wurde verstanden",
  nothingLeftOut: "Nichts wurde weggelassen.",
  keepFile: (name) => `${name} behalten`,

  upload: "Hochladen",
  fromComputer: "Von diesem Computer",
  formats:
    "JSONL (auch von Prodigy und doccano) oder ein JSON-Array, Exporte von Label Studio, CSV oder TSV, Parquet, CoNLL oder IOB, .spacy, oder reiner Text mit einem Beispiel je Zeile. Alles auch als .gz gepackt.",
  chooseFile: "Datei wählen",
  orDrop: "oder hier ablegen",
  readingIt: "wird gelesen",
  fromFolder: "Aus einem Ordner des Clusters",
  largeFiles: "Große Dateien müssen nicht hochgeladen werden",
  largeFilesWhat: (setting) => (
    <>Wer den Cluster verwaltet, kann Ordner zur Auswahl einrichten ({setting}).</>
  ),
  files: (count) => plural(count, { one: "1 Datei", other: `${number(count)} Dateien` }),
  listingCut: "In diesem Ordner liegt mehr, als hier steht; ein Muster findet alles.",
  severalFiles: "Mehrere Dateien",
  patternHint: "* steht für einen beliebigen Namen, ** für beliebige Ordner",
  findFiles: "Dateien suchen",
  looking: "Wird gesucht …",
  allOf: (folder) => <>Alles aus {folder}</>,
  noMatch: "Keine Datei passt zu diesem Muster",
  takeFiles: (count) =>
    plural(count, { one: "Diese Datei nehmen", other: `Diese ${number(count)} Dateien nehmen` }),
  sinceImport: "Seit dem letzten Import",
  nothingNew: "An die Dateien wurde nichts angefügt.",
  newRows: (count) =>
    plural(count, {
      one: "1 neue Zeile seit dem letzten Import",
      other: `${number(count)} neue Zeilen seit dem letzten Import`,
    }),
  newIn: (added, grown) =>
    [
      added > 0
        ? plural(added, { one: "1 neue Datei", other: `${number(added)} neue Dateien` })
        : "",
      grown > 0
        ? plural(grown, {
            one: "1 Datei ist gewachsen",
            other: `${number(grown)} Dateien sind gewachsen`,
          })
        : "",
    ]
      .filter(Boolean)
      .join(", "),
  heldBackStays: "Was für die Bewertung zurückgehalten ist, bleibt, wie es ist.",
  importNew: "Neues importieren",
  rewritten: (count) =>
    plural(count, {
      one: "1 Datei wurde neu geschrieben, nicht ergänzt",
      other: `${number(count)} Dateien wurden neu geschrieben, nicht ergänzt`,
    }),
  rewrittenWhat:
    "Welche Zeilen davon neu sind, lässt sich nicht sagen. Wird alles noch einmal importiert, bleibt weg, was schon da ist.",
  importAll: "Alles noch einmal importieren",
  emptyFolder:
    "In diesem Ordner liegt keine lesbare Datei: JSONL, JSON, CSV, TSV, Parquet, CoNLL, .spacy oder TXT.",

  theFile: "Die Datei",
  anotherFile: "Andere Datei",
  columns: "Spalten",
  columnsWhat: "Durch einen Blick in die Datei gefunden; ändern Sie, was nicht stimmt",
  preview: "Vorschau",
  firstRowsCount: (count) =>
    plural(count, { one: "die erste Zeile", other: `die ersten ${number(count)} Zeilen` }),
  reading: "wird gelesen …",
  confirm: "Bestätigen",
  confirming: "Wird bestätigt …",
  blocked: "Berichtigen Sie die genannten Zeilen, oder lassen Sie sie weg.",
  nothingYet: "Vorher wird nichts importiert.",
  unknownLabels: "Einige Labels der Datei stehen nicht im Labelschema des Projekts",
  unknownLabelsWhat: (labels) =>
    `${labels}. Legen Sie sie in der Konsole unter „Labels“ mit denselben Namen an und öffnen Sie diese Seite dann neu. Zeilen mit anderen Labels sind nicht verwendbar.`,
  unreadable: "Zeilen, die nicht gelesen werden können",
  skipThem: "Diese Zeilen weglassen und den Rest nehmen",
  badRows: "Schlechte Zeilen",
  row: (row) => `Zeile ${row}`,
  problemRows: (count) => plural(count, { one: "1 Zeile", other: `${number(count)} Zeilen` }),
  problemKinds: {
    "span.overlapping":
      "Markierungen überlappen. Erlauben Sie das, lassen Sie diese Zeilen weg, oder behalten Sie in der Datei je eine.",
    "relation.not_of_spans": "Eine Beziehung verbindet etwas, das keine Markierung der Zeile ist.",
    "relation.to_itself": "Eine Beziehung verbindet eine Markierung mit sich selbst.",
    "relation.label_missing": "Eine Beziehung hat kein Label.",
    "span.other_text":
      "Eine Markierung nennt andere Wörter, als sie markiert. Vielleicht gelten die Positionen für eine andere Fassung des Textes: Exportieren Sie neu.",
    "span.outside_text": "Eine Markierung liegt außerhalb ihres Textes.",
    "label.unregistered": "Ein Label steht nicht im Labelschema des Projekts.",
    "text.empty": "Der Text ist leer.",
    "text.missing": "Die Spalte des Textes fehlt. Ist es die richtige?",
    "text.bad_encoding": "Der Text ist nicht in der Kodierung der Datei.",
    "row.bad_json": "Die Zeile ist kein JSON.",
    "row.bad_csv": "Ein Anführungszeichen wird nie oder zu früh geschlossen.",
    "row.wrong_width": "Die Zeile hat mehr oder weniger Zellen als die Kopfzeile.",
    "row.several_annotations":
      "Die Aufgabe hat mehrere, verschiedene Annotationen. Kennzeichnen Sie eine als „ground truth“, oder lassen Sie sie weg.",
    "tag.unknown": "Ein Tag gehört nicht zu IOB, BILUO oder BIOES.",
  },
  otherProblem: "Nicht lesbar; die Liste sagt, warum.",
  andMore: (count) => `Und ${number(count)} weitere.`,

  format: "Format",
  fileFormats: {
    jsonl: "JSONL",
    json: "JSON, ein Array",
    label_studio: "Label Studio",
    csv: "CSV",
    tsv: "TSV",
    conll: "CoNLL, IOB",
    parquet: "Parquet",
    spacy: ".spacy",
    txt: "Text, eines je Zeile",
  },
  text: "Text",
  marks: "Markierungen",
  relations: "Beziehungen",
  overlapping: "Überlappende Markierungen",
  overlappingAre: { mistake: "Ein Fehler", kept: "Bleiben" },
  labels: "Labels des Textes",
  answer: "Antwort",
  separator: "Trennzeichen",
  separators: {
    comma: "Komma",
    semicolon: "Semikolon",
    tab: "Tabulator",
    bar: "Senkrechter Strich",
  },
  quotes: "Anführungszeichen",
  quotesOf: { cell: "Umschließen eine Zelle", character: "Gehören zum Text" },
  none: "Keine",
  choose: "Wählen …",

  holdBack: "Für die Bewertung zurückhalten",
  examples: "Beispiele",
  holdBackHint: (count, share) =>
    `${number(count)}${share === null ? "" : ` (${percent(share)})`}, zufällig gewählt und dann eingefroren`,
  holdBackWhy:
    "Auch sie werden annotiert, ohne Vorschläge, aber kein Modell lernt je aus ihnen: Mit ihnen kann die Tafel ehrlich sagen, was besser ist. Ein Fünftel ist üblich; 500 messen auf etwa 3 Punkte genau.",

  noRow: "Keine Zeile konnte gelesen werden. Ist die Textspalte die richtige?",
  firstRows: "Die ersten Zeilen",
  noText: (line) => `Kein Text in Zeile ${number(line)}`,
  cannotBeUsed: (line) => `Zeile ${number(line)} ist nicht verwendbar`,
});
