/** What counts as each label, as it is loaded and as it is being written. */

export interface DefinedLabel {
  readonly id: string;
  readonly name: string;
  readonly colour: string;
  readonly text: string;
  readonly counts: readonly string[];
  readonly counts_not: readonly string[];
}

export interface Definitions {
  readonly project: string;
  readonly labels: readonly DefinedLabel[];
}

/** Examples one a line, while someone types. */
export interface Written {
  readonly text: string;
  readonly counts: string;
  readonly countsNot: string;
}

export function linesOf(typed: string): string[] {
  return [...new Set(typed.split("\n").map((line) => line.trim()))].filter(Boolean);
}

export function isSame(written: Written, stored: DefinedLabel): boolean {
  return (
    written.text.trim() === stored.text &&
    linesOf(written.counts).join("\n") === stored.counts.join("\n") &&
    linesOf(written.countsNot).join("\n") === stored.counts_not.join("\n")
  );
}
