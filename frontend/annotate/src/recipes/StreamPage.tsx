import { Blank, Button, Notice, type NoticeKind } from "@annex/ui";
import { useCallback, useEffect, useState } from "react";
import { type Explained, explain, useLoaded } from "../app/loading";
import { Card, Failed, Loading, Page } from "../app/Page";
import { http, useSession } from "../app/session";
import { useText } from "../i18n/text";
import { Facts, Scrolled } from "../pages/Facts";
import styles from "./Recipes.module.css";
import type { RecipeFailure, Stream, StreamState } from "./shapes";

/** Reading failures is noted in the access log: after a try the page looks these times, then rests. */
const LOOK_AFTER_MS = [2_000, 5_000, 15_000];

/** `/streams/<task>`: how far a published recipe is with its examples, and how it failed. */
export default function StreamPage({ id }: { id: string }) {
  const load = useCallback(() => http.get<Stream>(`/api/tasks/${id}/stream`), [id]);
  const { recipes } = useText();
  const { state, reload, put } = useLoaded(load);
  const task = useSession().tasks.find((one) => one.id === id);
  const title = task ? recipes.streamOf(task.title) : recipes.stream;
  return (
    <Page title={title} lead={recipes.streamLead}>
      {state.kind === "loading" ? <Loading /> : null}
      {state.kind === "failed" ? <Failed problem={state.problem} onRetry={reload} /> : null}
      {state.kind === "ready" ? (
        <Shown stream={state.value} reload={reload} onChange={put} />
      ) : null}
    </Page>
  );
}

interface ShownProps {
  stream: Stream;
  reload: () => void;
  onChange: (stream: Stream) => void;
}

function Shown({ stream, reload, onChange }: ShownProps) {
  const { recipes } = useText();
  return (
    <>
      <State stream={stream} />
      <Card>
        <Figures stream={stream} />
        <Control stream={stream} reload={reload} onChange={onChange} />
      </Card>
      {stream.failures.length === 0 ? (
        <Blank title={recipes.noFailures}>{recipes.noFailuresWhat}</Blank>
      ) : (
        <Card title={recipes.failures} aside={recipes.newestFirst}>
          {stream.failures.map((failure, index) => (
            <FailureDetails key={failure.ref} failure={failure} isOpen={index === 0} />
          ))}
        </Card>
      )}
    </>
  );
}

const KINDS: Record<StreamState, NoticeKind> = {
  open: "good",
  ended: "info",
  refused: "warn",
  failed: "error",
};

function State({ stream }: { stream: Stream }) {
  const { recipes } = useText();
  const refusal = stream.refusal
    ? (recipes.refusals[stream.refusal] ?? stream.refusal)
    : recipes.streamStatesWhat.refused;
  const words = { ...recipes.streamStatesWhat, refused: refusal };
  return (
    <Notice kind={KINDS[stream.state]} title={recipes.streamStates[stream.state]}>
      {words[stream.state]}
    </Notice>
  );
}

function Figures({ stream }: { stream: Stream }) {
  const { recipes, format } = useText();
  return (
    <Facts
      facts={{
        [recipes.taken]: format.number(stream.taken),
        [recipes.drawnAt]: stream.drawn_at ? format.moment(stream.drawn_at) : recipes.never,
      }}
    />
  );
}

function Control({ stream, reload, onChange }: ShownProps) {
  const text = useText();
  const { recipes, frame } = text;
  const [tries, setTries] = useState(0);
  const [problem, setProblem] = useState<Explained | null>(null);
  useEffect(() => {
    if (tries === 0) return;
    const timers = LOOK_AFTER_MS.map((after) => setTimeout(reload, after));
    return () => timers.forEach(clearTimeout);
  }, [tries, reload]);
  const tryAgain = async () => {
    setProblem(null);
    try {
      onChange(await http.send<Stream>("POST", `/api/tasks/${stream.task}/stream`));
      setTries((count) => count + 1);
    } catch (error) {
      setProblem(explain(error, text));
    }
  };
  const isStuck = stream.state === "failed" || stream.state === "refused";
  return (
    <>
      {problem ? <Failed problem={problem} /> : null}
      <div className={styles.line}>
        {isStuck ? (
          <Button look="primary" onClick={() => void tryAgain()}>
            {frame.tryAgain}
          </Button>
        ) : null}
        <Button onClick={reload}>{recipes.lookAgain}</Button>
        <span className={styles.quiet}>{isStuck ? recipes.tryAgainWhat : ""}</span>
      </div>
    </>
  );
}

function FailureDetails({ failure, isOpen }: { failure: RecipeFailure; isOpen: boolean }) {
  const { recipes, format } = useText();
  return (
    <details className={`${styles.fold} ${styles.failure}`} open={isOpen}>
      <summary>
        <b>{recipes.failureKinds[failure.code] ?? failure.title}</b>{" "}
        <span className={styles.quiet}>{format.moment(failure.at)}</span>
      </summary>
      <div className={styles.told}>
        {failure.message ? (
          <p className={styles.words} translate="no">
            {failure.message}
          </p>
        ) : null}
        {failure.unchecked.length > 0 ? (
          <p className={styles.quiet}>{recipes.unchecked(failure.unchecked.length)}</p>
        ) : null}
        <Told title={recipes.traceback} words={failure.traceback} />
        <Told title={recipes.printed} words={failure.output} />
      </div>
    </details>
  );
}

function Told({ title, words }: { title: string; words: string }) {
  if (!words) return null;
  return (
    <section className={styles.part}>
      <h3>{title}</h3>
      <Scrolled>{words}</Scrolled>
    </section>
  );
}
