import type { Editor, Workbench } from "@annex/annotator-core";
import type { ReactNode } from "react";
import { useText } from "../i18n/text";
import styles from "./MetaLine.module.css";
import { useBenchState } from "./useWorkbench";

const MOST_FACTS = 3;

export interface MetaLineProps {
  bench: Workbench;
  editor: Editor;
  children: ReactNode;
}

/** Where the text is from, whether anything is hidden, and the one hint that fits the moment. */
export function MetaLine({ bench, editor, children }: MetaLineProps) {
  const text = useText().task;
  const { task } = useBenchState(bench);
  const facts = Object.values(editor.example.meta)
    .filter((value) => typeof value === "string" || typeof value === "number")
    .slice(0, MOST_FACTS);
  return (
    <div className={styles.meta}>
      {facts.length > 0 ? <bdi translate="no">{facts.join(" · ")}</bdi> : null}
      {task?.blind ? <span>{text.blind}</span> : null}
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
