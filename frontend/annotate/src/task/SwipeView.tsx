import { type InHand, settle, type Workbench } from "@annex/annotator-core";
import type { CSSProperties, ReactNode } from "react";
import { usePreferences } from "../app/preferences";
import { useText } from "../i18n/text";
import { verdictWords } from "./Actions";
import styles from "./SwipeView.module.css";
import { useSwipe } from "./useSwipe";

export interface SwipeViewProps {
  bench: Workbench;
  hand: InHand;
  children: ReactNode;
}

/** On a phone: a finger to the right accepts what is in here, one to the left rejects it. */
export function SwipeView({ bench, hand, children }: SwipeViewProps) {
  const { task } = useText();
  const { editor } = hand;
  const { inSight, handlers } = useSwipe({
    isOn: usePreferences().swipe === "on" && !editor.proposal,
    canAccept: settle(editor, "accept") !== null,
    onAnswer: (verdict) => bench.submit(verdict),
  });
  const words = verdictWords(editor.question.kind, task);
  const moved = { "--across": `${inSight?.across ?? 0}px` } as CSSProperties;
  return (
    <div className={styles.swipe} {...handlers}>
      <div className={`${styles.moved} ${inSight ? styles.moving : ""}`} style={moved}>
        {children}
      </div>
      {inSight ? (
        <div
          className={`${styles.verdict} ${styles[inSight.verdict]}`}
          data-far={inSight.isFar}
          aria-hidden="true"
        >
          {words[inSight.verdict]}
        </div>
      ) : null}
    </div>
  );
}
