import { Button, controlClass, Field, Notice } from "@annex/ui";
import { useCallback, useEffect, useState } from "react";
import Markdown from "react-markdown";
import { type Explained, explain, useLoaded } from "../app/loading";
import { Card, Failed, Loading, Page } from "../app/Page";
import { http } from "../app/session";
import { useText } from "../i18n/text";
import { type Guidelines, wouldLose } from "./guidelines";
import { safeMarkdown } from "./markdown";
import styles from "./Pages.module.css";

/** `/guidelines/<asset>`: write what annotators read beside the text. */
export default function GuidelinesPage({ id }: { id: string }) {
  const path = `/api/assets/${id}/guidelines`;
  const load = useCallback(() => http.get<Guidelines>(path), [path]);
  const { pages } = useText();
  const { state, reload, put } = useLoaded(load);
  return (
    <Page title={pages.guidelines} lead={pages.guidelinesLead}>
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
  const text = useText();
  const { pages } = text;
  const [start] = useState(pages.guidelinesStart);
  const [markdown, setMarkdown] = useState(stored.markdown || start);
  const [problem, setProblem] = useState<Explained | null>(null);
  const changed = markdown !== stored.markdown;
  useWarnBeforeLeaving(wouldLose(markdown, start, stored));
  const save = async () => {
    try {
      onSaved(await http.send<Guidelines>("PUT", path, { json: { markdown } }));
      setProblem(null);
    } catch (error) {
      setProblem(explain(error, text));
    }
  };
  return (
    <>
      {problem ? <Failed problem={problem} /> : null}
      {stored.version > 0 && !changed ? (
        <Notice kind="good" title={pages.versionSaved(stored.version)}>
          {pages.versionSavedWhat}
        </Notice>
      ) : null}
      <div className={styles.split}>
        <Field label={pages.markdown} hint={pages.markdownHint}>
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
        <Card title={pages.asSeen}>
          <div>
            <Markdown {...safeMarkdown}>{markdown}</Markdown>
          </div>
        </Card>
      </div>
      <div className={styles.bar}>
        <Button look="primary" disabled={!changed} onClick={() => void save()}>
          {pages.saveVersion(stored.version + 1)}
        </Button>
        <span className={styles.quiet}>{pages.newVersion}</span>
      </div>
    </>
  );
}

export function useWarnBeforeLeaving(unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [unsaved]);
}
