import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { de } from "../src/i18n/de";
import { en } from "../src/i18n/en";
import { formatOf } from "../src/i18n/format";

const SOURCE = join(import.meta.dirname, "../src");
/** Attributes that people read or hear. */
const READ_ALOUD = new Set([
  "title",
  "label",
  "hint",
  "aside",
  "lead",
  "placeholder",
  "aria-label",
]);
/** Words that German took over. */
const LOANS = /^(Esc|Traceback|Code|Label|Labels|Format|Export|Text|Annotation|Person)$/;
/** What is the same in every language: our name, and those of formats. */
const NAMES = /^(Annex|Markdown|JSONL|CSV|TSV|CoNLL, IOB|Parquet|Label Studio|\.spacy)$/;

const files = readdirSync(SOURCE, { recursive: true, encoding: "utf8" }).filter(
  (name) => name.endsWith(".tsx") && !name.startsWith("i18n"),
);

/** Words that stand in a component instead of in the catalogue. */
function spokenLiterals(name: string): string[] {
  const code = readFileSync(join(SOURCE, name), "utf8");
  const source = ts.createSourceFile(name, code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) found.push(node.text);
    const isAttribute = ts.isJsxAttribute(node) && READ_ALOUD.has(node.name.getText());
    if (isAttribute && node.initializer && ts.isStringLiteral(node.initializer))
      found.push(node.initializer.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found.map((words) => words.trim()).filter((words) => /\p{L}{2}/u.test(words));
}

test.each(files)("%s says nothing that is not in the catalogue", (name) => {
  // Names, settings and patterns of file names are the same in every language.
  const codes = /^(Annex|ANNEX_[A-Z_]+|\S*\*\S*)$/;
  expect(spokenLiterals(name).filter((words) => !codes.test(words))).toEqual([]);
});

type Leaf = readonly [path: string, english: unknown, german: unknown];

function leaves(english: object, german: object, path = ""): Leaf[] {
  return Object.entries(english).flatMap(([name, value]): Leaf[] => {
    const other = (german as Record<string, unknown>)[name];
    const here = `${path}${name}`;
    return typeof value === "object"
      ? leaves(value, other as object, `${here}.`)
      : [[here, value, other]];
  });
}

describe("German", () => {
  const words = leaves(en, de).filter(([, english]) => typeof english === "string");

  test.each(words)("%s is translated", (_path, english, german) => {
    const stays = LOANS.test(String(english)) || NAMES.test(String(english));
    if (!stays) expect(german).not.toBe(english);
  });

  test("writes numbers, plurals and sizes as Germans do", () => {
    expect(de.data.rows(1)).toBe("1 Zeile");
    expect(de.data.rows(12_000)).toBe("12.000 Zeilen");
    expect(formatOf("de").bytes(6_200_000)).toBe("6,2 MB");
  });
});

test("sizes and times are for people", () => {
  const { bytes, duration, percent } = en.format;
  expect([bytes(12), bytes(6_200_000), bytes(310_000_000)]).toEqual([
    "12 bytes",
    "6.2 MB",
    "310 MB",
  ]);
  expect([duration(59 * 60), duration(61 * 60), percent(0.204)]).toEqual([
    "59 min",
    "1 hr 1 min",
    "20%",
  ]);
});
