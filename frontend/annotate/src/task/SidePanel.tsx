import type { HistoryEntry, Verdict, Workbench, WorkbenchState } from "@annex/annotator-core";
import { TaskApi } from "@annex/annotator-core";
import { Button } from "@annex/ui";
import { memo, useCallback, useEffect, useState } from "react";
import Markdown from "react-markdown";
import { Dialog } from "../app/Dialog";
import { http } from "../app/session";
import { useText } from "../i18n/text";
import { safeMarkdown } from "../pages/markdown";
import { LinkList } from "./LinkList";
import styles from "./SidePanel.module.css";

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
  const text = useText();
  const version = task?.guidelines?.version;
  return (
    <aside className={styles.side} aria-label={text.task.side}>
      <section>
        <h2>
          {text.task.guidelines}
          {version === undefined ? "" : ` · v${version}`}
        </h2>
        <div className={styles.guide}>
          <Guidelines markdown={task?.guidelines?.markdown} />
        </div>
      </section>
      {task?.view === "relations" ? <LinkList bench={bench} labels={task.labels} /> : null}
      <Recent bench={bench} state={state} />
      {task ? (
        <section>
          <h2>{text.task.today}</h2>
          <div className={styles.pace}>
            <div>
              <b>{text.format.number(task.progress.mine_today)}</b>
              {text.task.answeredToday}
            </div>
            <div>
              <b>{text.format.duration(task.progress.working_seconds_today)}</b>
              {text.task.workingToday}
            </div>
          </div>
        </section>
      ) : null}
      {open ? (
        <Dialog title={text.task.guidelinesTitle(version)} onClose={onClose} wide>
          <Guidelines markdown={task?.guidelines?.markdown} />
        </Dialog>
      ) : null}
    </aside>
  );
}

/** Read anew only when they change, and not on every key. */
const Guidelines = memo(({ markdown }: { markdown: string | undefined }) => {
  const { task } = useText();
  if (!markdown) return <p>{task.noGuidelines}</p>;
  return <Markdown {...safeMarkdown}>{markdown}</Markdown>;
});

const SHOWN = 8;
const SIGNS: Record<Verdict, string> = { accept: "✓", reject: "✕", ignore: "–" };

/** The latest answers: this visit's at once, earlier ones from the worker. Click one to edit it. */
function Recent({ bench, state }: Pick<SidePanelProps, "bench" | "state">) {
  const { task } = useText();
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
      <h2>{task.justNow}</h2>
      {visit.length + rest.length === 0 ? <p>{task.justNowEmpty}</p> : null}
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
          {task.earlier}
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
  const { task } = useText();
  return (
    <li>
      <button type="button" onClick={onOpen} aria-current={current ? "true" : undefined}>
        <i className={styles[verdict]} title={task.verdicts[verdict]}>
          {SIGNS[verdict]}
          <span className="visually-hidden">{task.verdicts[verdict]}</span>
        </i>
        <bdi translate="no">{words.slice(0, SNIPPET)}</bdi>
        {flagged ? <span className={styles.flag}>{task.flaggedSign}</span> : null}
      </button>
    </li>
  );
}
