import type { Editor } from "@annex/annotator-core";
import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import styles from "./HintLayer.module.css";
import { type PlacedHint, placeHints } from "./hinting";

/** Letters over the words, to go there by typing them. For the eye: by ear there is the hop. */
export function HintLayer({
  editor,
  sheet,
}: {
  editor: Editor;
  sheet: RefObject<HTMLElement | null>;
}) {
  const frame = useRef<HTMLDivElement>(null);
  const [placed, place] = useState<readonly PlacedHint[]>([]);
  useLayoutEffect(() => {
    if (sheet.current && frame.current) place(placeHints(sheet.current, frame.current, editor));
  }, [sheet, editor]);
  return (
    <div ref={frame} className={styles.layer} aria-hidden="true">
      {placed.map(({ code, at, x, y, isRtl }) => (
        <span
          key={code}
          data-at={at}
          className={isRtl ? styles.rightToLeft : undefined}
          style={{ left: x, top: y }}
        >
          {code}
        </span>
      ))}
    </div>
  );
}
