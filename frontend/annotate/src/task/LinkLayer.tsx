import { type Editor, type Label, type Link, type Span, sameLink } from "@annex/annotator-core";
import { labelStyle } from "@annex/ui";
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { keyOf } from "./LayeredSheet";
import styles from "./LinkLayer.module.css";
import { type Box, levelsOf, type Route, routeOf, SAME_LINE } from "./placing";

export interface LinkLayerProps {
  editor: Editor;
  labels: readonly Label[];
  sheet: RefObject<HTMLElement | null>;
}

interface Placed {
  readonly link: Link;
  readonly route: Route;
}

/** Connections over the text, for the eye; the list at the side says them in words. */
export function LinkLayer({ editor, labels, sheet }: LinkLayerProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [placed, place] = useState<readonly Placed[]>([]);
  const { links } = editor.content;
  const measure = useCallback(() => {
    if (sheet.current && frame.current) place(placedIn(sheet.current, frame.current, links));
  }, [sheet, links]);
  useLayoutEffect(measure, [measure]);
  useEffect(() => {
    if (!sheet.current) return;
    const observer = new ResizeObserver(measure);
    observer.observe(sheet.current);
    document.fonts.addEventListener("loadingdone", measure);
    return () => {
      observer.disconnect();
      document.fonts.removeEventListener("loadingdone", measure);
    };
  }, [sheet, measure]);
  const shown = placed.filter(({ link }) => links.some((one) => sameLink(one, link)));
  return (
    <div ref={frame} className={styles.layer} aria-hidden="true">
      <svg>
        <title>{""}</title>
        <defs>
          <marker
            id="link-end"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            orient="auto-start-reverse"
          >
            <path d="M 0 0 L 8 4 L 0 8 z" fill="context-stroke" />
          </marker>
        </defs>
        {shown.map(({ link, route }) => (
          <path
            key={nameOf(link)}
            d={route.path}
            style={styleOf(link, labels)}
            markerEnd="url(#link-end)"
          />
        ))}
      </svg>
      {shown.map(({ link, route }) => (
        <span key={nameOf(link)} style={{ ...styleOf(link, labels), left: route.x, top: route.y }}>
          {labels.find(({ id }) => id === link.label)?.name}
        </span>
      ))}
    </div>
  );
}

function placedIn(sheet: HTMLElement, frame: HTMLElement, links: readonly Link[]): Placed[] {
  const corner = frame.getBoundingClientRect();
  const levels = levelsOf(links);
  return links.flatMap((link, at) => {
    const [head, child] = [boxOf(sheet, link.head, corner), boxOf(sheet, link.child, corner)];
    return head && child ? [{ link, route: routeOf(head, child, levels[at] ?? 0) }] : [];
  });
}

/** The middle of what stands of a mark on its first line. */
function boxOf(sheet: HTMLElement, span: Span, corner: DOMRect): Box | null {
  const parts = [...sheet.querySelectorAll(`[data-key="${keyOf(span)}"]`)];
  const rects = parts.flatMap((part) => [...part.getClientRects()]);
  const [first] = rects;
  if (!first) return null;
  const onLine = rects.filter(({ top }) => Math.abs(top - first.top) < SAME_LINE);
  const left = Math.min(...onLine.map((rect) => rect.left));
  const right = Math.max(...onLine.map((rect) => rect.right));
  return { x: (left + right) / 2 - corner.left, top: first.top - corner.top };
}

function styleOf({ label }: Link, labels: readonly Label[]) {
  return labelStyle(labels.find(({ id }) => id === label)?.colour ?? "#808080");
}

function nameOf({ head, child, label }: Link): string {
  return `${keyOf(head)} ${keyOf(child)} ${label}`;
}
