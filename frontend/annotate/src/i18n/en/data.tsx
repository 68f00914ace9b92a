/** `/data/<asset>`. */
import type { ReactNode } from "react";
import type { Format } from "../format";

export const data = ({ number, percent, plural }: Format) => ({
  title: "Data",
  leads: {
    empty: "Choose the file with your texts. It stays on this cluster: only counts leave it.",
    uploaded: "This is how the file will be read. Look at it, change what is not right, confirm.",
    refused:
      "Nothing of this file was imported. Leave the bad rows out, read it otherwise, or bring another file.",
    importing: "Confirmed. It is being imported; this page follows it.",
    ready: "Imported. Its examples can be annotated.",
  },
  confirmed: "This data is confirmed",
  imported: "This data is imported",
  heldBack: (count: number) =>
    plural(count, {
      one: "One example is held back for evaluation.",
      other: `${number(count)} examples are held back for evaluation.`,
    }),
  noneHeldBack: "No examples are held back.",
  goBack: "Go back to the console to start annotating.",
  rows: (count: number) => plural(count, { one: "1 row", other: `${number(count)} rows` }),
  leftOut: "Rows that were left out",
  byLine: "by line",
  byLineCount: (count: number) => `${number(count)} by line`,
  allUnderstood: "Every row was understood",
  nothingLeftOut: "Nothing was left out.",
  keepFile: (name: string) => `Keep ${name}`,

  upload: "Upload",
  fromComputer: "From this computer",
  formats:
    "JSONL (also Prodigy's and doccano's) or a JSON array, Label Studio's export, CSV or TSV, Parquet, CoNLL or IOB, .spacy, or plain text with one example a line. Each also packed as .gz.",
  chooseFile: "Choose a file",
  orDrop: "or drop it here",
  readingIt: "reading it",
  fromFolder: "From a folder of the cluster",
  largeFiles: "Large files need not be uploaded",
  largeFilesWhat: (setting: ReactNode): ReactNode => (
    <>An administrator of the cluster can configure folders to pick from ({setting}).</>
  ),
  files: (count: number) => plural(count, { one: "1 file", other: `${number(count)} files` }),
  listingCut: "This folder holds more than is listed here; a pattern finds all of it.",
  severalFiles: "Several files",
  patternHint: "* stands for any name, ** for any folders",
  findFiles: "Find files",
  looking: "Looking…",
  allOf: (folder: ReactNode): ReactNode => <>All of {folder}</>,
  noMatch: "No file matches this pattern",
  takeFiles: (count: number) =>
    plural(count, { one: "Use this file", other: `Use these ${number(count)} files` }),
  sinceImport: "Since the last import",
  nothingNew: "Nothing was added to the files.",
  newRows: (count: number) =>
    plural(count, {
      one: "1 new row since the last import",
      other: `${number(count)} new rows since the last import`,
    }),
  newIn: (added: number, grown: number) =>
    [
      added > 0 ? plural(added, { one: "1 new file", other: `${number(added)} new files` }) : "",
      grown > 0 ? plural(grown, { one: "1 file grew", other: `${number(grown)} files grew` }) : "",
    ]
      .filter(Boolean)
      .join(", "),
  heldBackStays: "What is held back for evaluation stays as it is.",
  importNew: "Import what is new",
  rewritten: (count: number) =>
    plural(count, {
      one: "1 file was rewritten, not added to",
      other: `${number(count)} files were rewritten, not added to`,
    }),
  rewrittenWhat:
    "Which rows of it are new cannot be told. Importing everything again leaves out what is there already.",
  importAll: "Import everything again",
  emptyFolder:
    "This folder holds no file that can be read: JSONL, JSON, CSV, TSV, Parquet, CoNLL, .spacy or TXT.",

  theFile: "The file",
  anotherFile: "Another file",
  columns: "Columns",
  columnsWhat: "Found by looking at the file; change what is not right",
  preview: "Preview",
  firstRowsCount: (count: number) =>
    plural(count, { one: "the first row", other: `the first ${number(count)} rows` }),
  reading: "reading…",
  confirm: "Confirm",
  confirming: "Confirming…",
  blocked: "Fix the rows named above, or choose to skip them.",
  nothingYet: "Nothing is imported before this.",
  unknownLabels: "Some labels in the file are not in the project's label scheme",
  unknownLabelsWhat: (labels: string) =>
    `${labels}. Add them in the console under Labels with the same names, then open this page again. Rows with other labels cannot be used.`,
  unreadable: "Rows that cannot be read",
  skipThem: "Leave these rows out and take the rest",
  badRows: "Bad rows",
  row: (row: string) => `Row ${row}`,
  problemRows: (count: number) => plural(count, { one: "1 row", other: `${number(count)} rows` }),
  problemKinds: {
    "span.overlapping":
      "marks overlap. Say that they may, leave these rows out, or keep one mark of each pair in the file.",
    "relation.not_of_spans": "a relation joins something that is none of the row's marks.",
    "relation.to_itself": "a relation joins a mark with itself.",
    "relation.label_missing": "a relation has no label.",
    "span.other_text":
      "a mark says other words than it marks. The offsets may be of another version of the text: export it again.",
    "span.outside_text": "a mark lies outside its text.",
    "label.unregistered": "a label is not in the project's label scheme.",
    "text.empty": "the text is empty.",
    "text.missing": "the column of the text is missing. Is it the right one?",
    "text.bad_encoding": "the text is not in the file's encoding.",
    "row.bad_json": "the line is not JSON.",
    "row.bad_csv": "a quote is never closed, or closed too early.",
    "row.wrong_width": "the row has more or fewer cells than the header.",
    "row.several_annotations":
      "the task has several annotations that differ. Mark one as ground truth, or leave it out.",
    "tag.unknown": "a tag is not one of IOB, BILUO or BIOES.",
  } as Readonly<Record<string, string>>,
  otherProblem: "they cannot be read; the list says why.",
  andMore: (count: number) => `And ${number(count)} more.`,

  format: "Format",
  fileFormats: {
    jsonl: "JSONL",
    json: "JSON, an array",
    label_studio: "Label Studio",
    csv: "CSV",
    tsv: "TSV",
    conll: "CoNLL, IOB",
    parquet: "Parquet",
    spacy: ".spacy",
    txt: "Text, one a line",
  },
  text: "Text",
  marks: "Marks",
  relations: "Relations",
  overlapping: "Overlapping marks",
  overlappingAre: { mistake: "A mistake", kept: "Kept" },
  labels: "Labels of the text",
  answer: "Answer",
  separator: "Separator",
  separators: { comma: "Comma", semicolon: "Semicolon", tab: "Tab", bar: "Bar" },
  quotes: "Quotes",
  quotesOf: { cell: "Enclose a cell", character: "Are part of the text" },
  none: "None",
  choose: "Choose…",

  holdBack: "Hold back for evaluation",
  examples: "Examples",
  holdBackHint: (count: number, share: number | null) =>
    `${number(count)}${share === null ? "" : ` (${percent(share)})`} chosen at random, then frozen`,
  holdBackWhy:
    "These are annotated too, without suggestions, but no model ever learns from them: they are how the board can say honestly which predictor is better. A fifth is usual; 500 give a score to within about 3 points.",

  noRow: "No row could be read. Is the text column the right one?",
  firstRows: "The first rows",
  noText: (line: number) => `No text on line ${number(line)}`,
  cannotBeUsed: (line: number) => `line ${number(line)} cannot be used`,
});
