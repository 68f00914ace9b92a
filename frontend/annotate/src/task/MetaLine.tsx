import type { Editor } from "@annex/annotator-core";
import type { ReactNode } from "react";
import styles from "./MetaLine.module.css";

const MOST_FACTS = 3;

/** Where the text is from, and the one hint that fits the moment. */
export function MetaLine({ editor, children }: { editor: Editor; children: ReactNode }) {
  const facts = Object.values(editor.example.meta)
    .filter((value) => typeof value === "string" || typeof value === "number")
    .slice(0, MOST_FACTS);
  return (
    <div className={styles.meta}>
      {facts.length > 0 ? <bdi translate="no">{facts.join(" · ")}</bdi> : null}
      {children}
    </div>
  );
}

/** A hint for mouse and keys, and its twin for fingers; the style sheet shows one of them. */
export function ByPointer({ fine, coarse }: { fine: ReactNode; coarse: string }) {
  return (
    <>
      <span className={styles.fine}>{fine}</span>
      <span className={styles.coarse}>{coarse}</span>
    </>
  );
}
