export interface Guidelines {
  readonly markdown: string;
  readonly version: number;
}

/** Is there something of the person's own that was not saved? The untouched beginning is not. */
export function wouldLose(markdown: string, start: string, stored: Guidelines): boolean {
  return markdown !== stored.markdown && (stored.version > 0 || markdown !== start);
}
