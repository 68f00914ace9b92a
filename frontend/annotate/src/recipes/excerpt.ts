const SHOWN_CHARACTERS = 280;

/** How a text begins, cut at a whole character; null when that is all of it. */
export function excerptOf(text: string): string | null {
  const characters = [...text.slice(0, 2 * (SHOWN_CHARACTERS + 1))];
  if (characters.length <= SHOWN_CHARACTERS) return null;
  return `${characters.slice(0, SHOWN_CHARACTERS).join("").trimEnd()}…`;
}
