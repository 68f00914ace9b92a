/** Rules as a table: each row is one pattern of a JSONL patterns file (Prodigy's and spaCy's). */

export type RuleKind = "phrase" | "regex" | "tokens";

export interface Pattern {
  readonly label: string;
  readonly pattern?: string | readonly unknown[];
  readonly regex?: string;
  readonly [extra: string]: unknown;
}

/** One row as it is typed. */
export interface Rule {
  readonly label: string;
  readonly kind: RuleKind;
  readonly text: string;
  /** What the pattern carries besides; kept as it is. */
  readonly extra: Readonly<Record<string, unknown>>;
}

export const EMPTY_RULE: Rule = { label: "", kind: "phrase", text: "", extra: {} };

export function ruleOf({ label, pattern, regex, ...extra }: Pattern): Rule {
  if (regex !== undefined) return { label, kind: "regex", text: regex, extra };
  if (typeof pattern === "string") return { label, kind: "phrase", text: pattern, extra };
  return { label, kind: "tokens", text: JSON.stringify(pattern ?? []), extra };
}

/** Turn a row into its pattern. Raises: SyntaxError when token JSON cannot be read. */
export function patternOf({ label, kind, text, extra }: Rule): Pattern {
  if (kind === "regex") return { label, regex: text, ...extra };
  if (kind === "phrase") return { label, pattern: text, ...extra };
  return { label, pattern: JSON.parse(text) as unknown[], ...extra };
}

export const isEmptyRule = (rule: Rule): boolean => rule.text.trim() === "";

export type RuleProblem = "label" | "list" | "json";

/** What can be said about a row before the worker has seen it; null when it looks right. */
export function ruleProblem(rule: Rule): RuleProblem | null {
  if (isEmptyRule(rule)) return null;
  if (!rule.label) return "label";
  if (rule.kind !== "tokens") return null;
  try {
    const tokens: unknown = JSON.parse(rule.text);
    return Array.isArray(tokens) ? null : "list";
  } catch {
    return "json";
  }
}

/** Read a patterns file, one object a line; the first line that is not one is named. */
export function parsePatterns(text: string): { rules: readonly Rule[]; badLine: number | null } {
  const rules: Rule[] = [];
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === "") continue;
    try {
      rules.push(ruleOf(JSON.parse(line) as Pattern));
    } catch {
      return { rules, badLine: at + 1 };
    }
  }
  return { rules, badLine: null };
}
