import type { Keymap, Question, Verdict } from "@annex/annotator-core";
import { Button } from "@annex/ui";
import type { MouseEvent } from "react";
import { type Text, useText } from "../i18n/text";
import styles from "./Actions.module.css";

export interface VerdictWords {
  readonly accept: string;
  readonly reject: string;
}

/** Some questions have a better word for a verdict. */
export function verdictWords(kind: Question["kind"], task: Text["task"]): VerdictWords {
  if (kind === "yes-no") return { accept: task.yes, reject: task.no };
  return { accept: task.accept, reject: kind === "pick" ? task.noneOfThem : task.reject };
}

export interface ActionsProps {
  keymap: Keymap;
  verdict: Verdict | null;
  /** What accepting and rejecting are called here. */
  words: VerdictWords;
  /** Nothing is there yet that could be accepted. */
  isOpen: boolean;
  flagged: boolean;
  comments: number;
  onSubmit: (verdict: Verdict) => void;
  onUndo: () => void;
  onFlag: () => void;
  onComments: () => void;
}

const keepFocusInText = (event: MouseEvent) => event.preventDefault();

/** What can be said about an example; each button with its key. */
export function Actions({
  keymap,
  verdict,
  words,
  isOpen,
  flagged,
  comments,
  onSubmit,
  onUndo,
  onFlag,
  onComments,
}: ActionsProps) {
  const { task } = useText();
  const given = (one: Verdict) => (verdict === one ? "true" : undefined);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only keeps the mouse from taking the focus off the text
    <div className={styles.acts} onMouseDown={keepFocusInText}>
      <Button
        look="primary"
        className={styles.grow ?? ""}
        shortcut={keymap.accept}
        aria-current={given("accept")}
        disabled={isOpen}
        onClick={() => onSubmit("accept")}
      >
        {words.accept}
      </Button>
      <Button
        shortcut={keymap.reject}
        aria-current={given("reject")}
        onClick={() => onSubmit("reject")}
      >
        {words.reject}
      </Button>
      <Button
        shortcut={keymap.ignore}
        aria-current={given("ignore")}
        onClick={() => onSubmit("ignore")}
      >
        {task.ignore}
      </Button>
      <Button look="quiet" shortcut={keymap.undo} onClick={onUndo}>
        {task.undo}
      </Button>
      <Button look="quiet" shortcut={keymap.flag} aria-pressed={flagged} onClick={onFlag}>
        {flagged ? task.flagged : task.flag}
      </Button>
      <Button look="quiet" shortcut={keymap.comments} onClick={onComments}>
        {task.commentsHere(comments)}
      </Button>
    </div>
  );
}
