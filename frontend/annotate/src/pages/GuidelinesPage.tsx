import { Button, controlClass, Field, Notice } from "@annex/ui";
import { useCallback, useEffect, useState } from "react";
import Markdown from "react-markdown";
import { type Explained, explain, useLoaded } from "../app/loading";
import { Card, Failed, Loading, Page } from "../app/Page";
import { http } from "../app/session";
import { safeMarkdown } from "./markdown";
import styles from "./Pages.module.css";

interface Guidelines {
  readonly markdown: string;
  readonly version: number;
}

/** What is shown while nobody has written anything. */
export const START =
  "## LABEL\n\nWhat counts, in one sentence. What does not. Two examples of each.\n";

/** `/guidelines/<asset>`: write what annotators read beside the text. */
export default function GuidelinesPage({ id }: { id: string }) {
  const path = `/api/assets/${id}/guidelines`;
  const load = useCallback(() => http.get<Guidelines>(path), [path]);
  const { state, reload, put } = useLoaded(load);
  return (
    <Page
      title="Guidelines"
      lead="What counts as what, and what does not. Annotators see them beside every text, with their version. They stay on this cluster."
    >
      {state.kind === "loading" ? <Loading /> : null}
      {state.kind === "failed" ? <Failed problem={state.problem} onRetry={reload} /> : null}
      {state.kind === "ready" ? <Writer path={path} stored={state.value} onSaved={put} /> : null}
    </Page>
  );
}

interface WriterProps {
  path: string;
  stored: Guidelines;
  onSaved: (stored: Guidelines) => void;
}

function Writer({ path, stored, onSaved }: WriterProps) {
  const [markdown, setMarkdown] = useState(stored.markdown || START);
  const [problem, setProblem] = useState<Explained | null>(null);
  const changed = markdown !== stored.markdown;
  useWarnBeforeLeaving(wouldLose(markdown, stored));
  const save = async () => {
    try {
      onSaved(await http.send<Guidelines>("PUT", path, { json: { markdown } }));
      setProblem(null);
    } catch (error) {
      setProblem(explain(error));
    }
  };
  return (
    <>
      {problem ? <Failed problem={problem} /> : null}
      {stored.version > 0 && !changed ? (
        <Notice kind="good" title={`Version ${stored.version} is saved`}>
          Annotators see it when they open the task, or load its page again.
        </Notice>
      ) : null}
      <div className={styles.split}>
        <Field label="Markdown" hint="Headings, lists, bold, links. Raw HTML is shown as nothing.">
          {(control) => (
            <textarea
              {...control}
              className={controlClass}
              value={markdown}
              spellCheck={false}
              autoComplete="off"
              translate="no"
              onChange={(event) => setMarkdown(event.target.value)}
            />
          )}
        </Field>
        <Card title="As annotators see it">
          <div>
            <Markdown {...safeMarkdown}>{markdown}</Markdown>
          </div>
        </Card>
      </div>
      <div className={styles.bar}>
        <Button look="primary" disabled={!changed} onClick={() => void save()}>
          Save version {stored.version + 1}
        </Button>
        <span className={styles.quiet}>
          A new version takes the place of the one before. Answers do not say which version they
          were given under.
        </span>
      </div>
    </>
  );
}

/** Is there something of the person's own that was not saved? The untouched beginning is not. */
export function wouldLose(markdown: string, stored: Guidelines): boolean {
  return markdown !== stored.markdown && (stored.version > 0 || markdown !== START);
}

export function useWarnBeforeLeaving(unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [unsaved]);
}
