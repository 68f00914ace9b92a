/** Connections of marks by the marks themselves: their positions change with every mark. */
import type { Annotation, Relation, Span } from "./model";
import { sameSpan } from "./model";

/** A labelled connection of two marks, which are among the spans of its content. */
export interface Link {
  readonly head: Span;
  readonly child: Span;
  readonly label: string;
}

/** The connections of an annotation, each with its two marks; what joins none is left out. */
export function linksOf({ spans, relations = [] }: Annotation): readonly Link[] {
  return relations.flatMap(({ head, child, label }) => {
    const [first, second] = [spans[head], spans[child]];
    return first && second ? [{ head: first, child: second, label }] : [];
  });
}

export function sameLink(first: Link, second: Link): boolean {
  const isSame = sameSpan(first.head, second.head) && sameSpan(first.child, second.child);
  return isSame && first.label === second.label;
}

/** The connections as an answer holds them, by positions among its spans. */
export function relationsOf(spans: readonly Span[], links: readonly Link[]): readonly Relation[] {
  const place = (end: Span) => spans.findIndex((span) => sameSpan(span, end));
  return links.map(({ head, child, label }) => ({ head: place(head), child: place(child), label }));
}

/** The connections after a mark got another label. */
export function relinked(links: readonly Link[], before: Span, after: Span): readonly Link[] {
  const end = (span: Span) => (sameSpan(span, before) ? after : span);
  return links.map((link) => ({ ...link, head: end(link.head), child: end(link.child) }));
}

/** The connections without those of a mark that is gone. */
export function unlinked(links: readonly Link[], gone: Span): readonly Link[] {
  return links.filter(({ head, child }) => !sameSpan(head, gone) && !sameSpan(child, gone));
}
