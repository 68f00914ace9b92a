import type { HistoryEntry, Verdict, Workbench, WorkbenchState } from "@annex/annotator-core";
import { TaskApi } from "@annex/annotator-core";
import { Button, Dialog } from "@annex/ui";
import { useCallback, useEffect, useState } from "react";
import Markdown from "react-markdown";
import { http } from "../app/session";
import { safeMarkdown } from "../pages/markdown";
import styles from "./SidePanel.module.css";
import { count } from "./TopBar";

export interface SidePanelProps {
  bench: Workbench;
  state: WorkbenchState;
  /** Guidelines in front, for narrow pages and for the key. */
  open: boolean;
  onClose: () => void;
}

/** Guidelines, the latest answers, and the day's pace. */
export function SidePanel({ bench, state, open, onClose }: SidePanelProps) {
  const { task } = state;
  return (
    <aside className={styles.side} aria-label="Guidelines and history">
      <section>
        <h2>Guidelines{task?.guidelines ? ` · v${task.guidelines.version}` : ""}</h2>
        <div className={styles.guide}>
          <Guidelines markdown={task?.guidelines?.markdown} />
        </div>
      </section>
      <Recent bench={bench} state={state} />
      {task ? (
        <section>
          <h2>Today</h2>
          <div className={styles.pace}>
            <div>
              <b>{count(task.progress.mine_today)}</b>answered
            </div>
            <div>
              <b>{minutes(task.progress.working_seconds_today)}</b>working
            </div>
          </div>
        </section>
      ) : null}
      {open ? (
        <Dialog
          title={`Guidelines${task?.guidelines ? `, version ${task.guidelines.version}` : ""}`}
          onClose={onClose}
          wide
        >
          <Guidelines markdown={task?.guidelines?.markdown} />
        </Dialog>
      ) : null}
    </aside>
  );
}

function Guidelines({ markdown }: { markdown: string | undefined }) {
  if (!markdown)
    return <p>None are written yet. Ask whoever runs the project what counts and what does not.</p>;
  return <Markdown {...safeMarkdown}>{markdown}</Markdown>;
}

const SHOWN = 8;
const SIGNS: Record<Verdict, string> = { accept: "✓", reject: "✕", ignore: "–" };

/** The latest answers: this visit's at once, earlier ones from the worker. Click one to edit it. */
function Recent({ bench, state }: Pick<SidePanelProps, "bench" | "state">) {
  const [earlier, setEarlier] = useState<readonly HistoryEntry[]>([]);
  const [cursor, setCursor] = useState<string | null>(null);
  const [all, setAll] = useState(false);
  const taskId = state.task?.id;
  const load = useCallback(
    async (from: string | null) => {
      if (!taskId) return;
      const page = await new TaskApi(http, taskId).history(from).catch(() => null);
      if (!page) return;
      setEarlier((known) => (from ? [...known, ...page.results] : page.results));
      setCursor(page.next);
    },
    [taskId],
  );
  useEffect(() => void load(null), [load]);
  const visit = [...state.submitted].reverse().slice(0, all ? undefined : SHOWN);
  const shown = new Set(state.submitted.map((answer) => answer.example.id));
  const rest = earlier.filter((entry) => !shown.has(entry.example));
  const shownRest = all ? rest : rest.slice(0, SHOWN - visit.length);
  const hasMore = all ? cursor !== null : state.submitted.length + rest.length > SHOWN;
  const current = state.hand?.editor.example.id;
  const showMore = () => {
    if (all) void load(cursor);
    setAll(true);
  };
  return (
    <section>
      <h2>Just now</h2>
      {visit.length + rest.length === 0 ? (
        <p>Your answers appear here; click one to change it.</p>
      ) : null}
      <ul className={styles.hist}>
        {visit.map((answer) => (
          <Row
            key={answer.id}
            verdict={answer.verdict}
            words={answer.example.text}
            flagged={answer.left.flagged}
            current={current === answer.example.id}
            onOpen={() => void bench.reopen(answer.example.id)}
          />
        ))}
        {shownRest.map((entry) => (
          <Row
            key={entry.id}
            verdict={entry.verdict}
            words={entry.snippet}
            flagged={entry.flagged}
            current={current === entry.example}
            onOpen={() => void bench.reopen(entry.example)}
          />
        ))}
      </ul>
      {hasMore ? (
        <Button look="quiet" small onClick={showMore}>
          Earlier answers
        </Button>
      ) : null}
    </section>
  );
}

interface RowProps {
  verdict: Verdict;
  words: string;
  flagged: boolean;
  current: boolean;
  onOpen: () => void;
}

const SNIPPET = 90;

function Row({ verdict, words, flagged, current, onOpen }: RowProps) {
  return (
    <li>
      <button type="button" onClick={onOpen} aria-current={current ? "true" : undefined}>
        <i className={styles[verdict]} title={verdict}>
          {SIGNS[verdict]}
          <span className="visually-hidden">{verdict}</span>
        </i>
        <bdi translate="no">{words.slice(0, SNIPPET)}</bdi>
        {flagged ? <span className={styles.flag}>flagged</span> : null}
      </button>
    </li>
  );
}

function minutes(seconds: number): string {
  const whole = Math.round(seconds / 60);
  return whole < 60 ? `${whole} min` : `${Math.floor(whole / 60)} h ${whole % 60} min`;
}
