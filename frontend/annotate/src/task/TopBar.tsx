import type { SaveState, Task } from "@annex/annotator-core";
import { Bar, Kbd } from "@annex/ui";
import { useEffect, useState } from "react";
import { SignOut } from "../app/SignOut";
import { useText } from "../i18n/text";
import styles from "./TopBar.module.css";

export interface TopBarProps {
  task: Task | null;
  saving: SaveState;
  onHelp: () => void;
  onRetry: () => void;
}

/** Where am I, how far are we, is it saved. */
export function TopBar({ task, saving, onHelp, onRetry }: TopBarProps) {
  const progress = task?.progress;
  const text = useText();
  return (
    <header className={styles.top}>
      <a href="/" className={styles.task} title={text.frame.myTasks}>
        <bdi>{task?.project ?? "Annex"}</bdi>
      </a>
      {task ? (
        <span className={styles.wide}>
          <bdi>{task.title}</bdi>
          {task.guidelines ? ` · ${text.task.guidelinesVersion(task.guidelines.version)}` : ""}
        </span>
      ) : null}
      {progress ? (
        <span className={styles.progress}>
          <span className={styles.wide}>
            {text.task.mineAndToday(progress.mine, progress.mine_today)}
          </span>
          <Bar label={text.task.answeredHere} value={progress.answered} max={progress.examples} />
          <span className={styles.of}>{text.task.of(progress.answered, progress.examples)}</span>
        </span>
      ) : null}
      <SaveSign saving={saving} onRetry={onRetry} />
      <button
        type="button"
        className={styles.help}
        onClick={onHelp}
        aria-label={text.task.keysAndHelp}
      >
        <Kbd>?</Kbd>
      </button>
      <span className={styles.wide}>
        <SignOut />
      </span>
    </header>
  );
}

/** The state of saving, always in the same place. */
function SaveSign({ saving, onRetry }: { saving: SaveState; onRetry: () => void }) {
  const { task } = useText();
  const retryAt = saving.kind === "offline" ? saving.retryAt : null;
  const seconds = useCountdown(retryAt);
  const words = {
    saved: task.saved,
    saving: task.saving,
    offline: task.offline("unsent" in saving ? saving.unsent : 0),
    "signed-out": task.signedOut,
  };
  return (
    <span className={`${styles.save} ${styles[saving.kind]}`} role="status">
      {words[saving.kind]}
      {saving.kind === "offline" ? (
        <button type="button" className={styles.link} onClick={onRetry}>
          {task.retryIn(seconds)}
        </button>
      ) : null}
    </span>
  );
}

/** Whole seconds until a moment, counted down. */
export function useCountdown(until: number | null): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    if (until === null) return;
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [until]);
  return until === null ? 0 : Math.max(0, Math.ceil((until - now) / 1000));
}
