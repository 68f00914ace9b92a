import type { SaveState, Task } from "@annex/annotator-core";
import { Bar, Kbd } from "@annex/ui";
import { useEffect, useState } from "react";
import { SignOut } from "../app/SignOut";
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
  return (
    <header className={styles.top}>
      <a href="/" className={styles.task} title="My tasks">
        <bdi>{task?.project ?? "Annex"}</bdi>
      </a>
      {task ? (
        <span className={styles.wide}>
          <bdi>{task.title}</bdi>
          {task.guidelines ? ` · guidelines v${task.guidelines.version}` : ""}
        </span>
      ) : null}
      {progress ? (
        <span className={styles.progress}>
          <span className={styles.wide}>
            {count(progress.mine)} mine · {count(progress.mine_today)} today
          </span>
          <Bar label="Answered in this task" value={progress.answered} max={progress.examples} />
          <span className={styles.of}>
            {count(progress.answered)} of {count(progress.examples)}
          </span>
        </span>
      ) : null}
      <SaveSign saving={saving} onRetry={onRetry} />
      <button type="button" className={styles.help} onClick={onHelp} aria-label="Keys and help">
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
  const retryAt = saving.kind === "offline" ? saving.retryAt : null;
  const seconds = useCountdown(retryAt);
  const words = {
    saved: "Saved",
    saving: "Saving…",
    offline: `Offline · ${"unsent" in saving ? saving.unsent : 0} kept here`,
    "signed-out": "Signed out",
  };
  return (
    <span className={`${styles.save} ${styles[saving.kind]}`} role="status">
      {words[saving.kind]}
      {saving.kind === "offline" ? (
        <button type="button" className={styles.link} onClick={onRetry}>
          retry ({seconds} s)
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

export function count(value: number): string {
  return value.toLocaleString("en");
}
