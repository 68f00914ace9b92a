import { Blank, Button, controlClass, Field, Notice } from "@annex/ui";
import { useCallback, useState } from "react";
import { type Explained, explain, useLoaded } from "../app/loading";
import { Card, Failed, Loading, Page } from "../app/Page";
import { http, useSession } from "../app/session";
import { useText } from "../i18n/text";
import { useWarnBeforeLeaving } from "../pages/GuidelinesPage";
import { CopyId } from "./CopyId";
import { excerptOf } from "./excerpt";
import { handBackAddress, wishOf } from "./handBack";
import styles from "./Recipes.module.css";
import type { Texts, WrittenText } from "./shapes";

const MAX_CHARACTERS = 100_000;

/** `/texts/<project>[?for=<wish>]`: write what a recipe is told in words, for its id. */
export default function TextsPage({ id }: { id: string }) {
  const path = `/api/projects/${id}/texts`;
  const load = useCallback(() => http.get<Texts>(path), [path]);
  const { recipes, frame } = useText();
  const { state, reload, put } = useLoaded(load);
  const project = useSession().projects.find((one) => one.id === id);
  return (
    <Page title={recipes.texts(project?.title ?? frame.project)} lead={recipes.textsLead}>
      {state.kind === "loading" ? <Loading /> : null}
      {state.kind === "failed" ? <Failed problem={state.problem} onRetry={reload} /> : null}
      {state.kind === "ready" ? <Shown path={path} told={state.value} onChange={put} /> : null}
    </Page>
  );
}

interface ShownProps {
  path: string;
  told: Texts;
  onChange: (told: Texts) => void;
}

function Shown({ path, told, onChange }: ShownProps) {
  const { recipes } = useText();
  const [wish] = useState(() => wishOf(location.search));
  const [kept, setKept] = useState<string | null>(null);
  const handBack = (text: string) => wish && handBackAddress(told.console, wish, text);
  const keep = (written: WrittenText) => {
    onChange({ ...told, texts: [written, ...told.texts] });
    setKept(written.id);
  };
  return (
    <>
      {wish ? <Notice title={recipes.formWaits}>{recipes.formWaitsWhat}</Notice> : null}
      <WriteText path={path} onWritten={keep} />
      {kept ? (
        <Notice kind="good" title={recipes.textKept}>
          <div className={styles.line}>
            <CopyId key={kept} id={kept} />
            <HandBack address={handBack(kept)} isNext />
          </div>
        </Notice>
      ) : null}
      {told.texts.length === 0 ? (
        <Blank title={recipes.noTexts}>{recipes.noTextsWhat}</Blank>
      ) : (
        <Card title={recipes.textsHere} aside={String(told.texts.length)}>
          <ul className={styles.rows}>
            {told.texts.map((text) => (
              <TextRow key={text.id} text={text} handBack={handBack(text.id)} />
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}

function WriteText({
  path,
  onWritten,
}: {
  path: string;
  onWritten: (written: WrittenText) => void;
}) {
  const text = useText();
  const { recipes } = text;
  const [words, setWords] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Explained | null>(null);
  useWarnBeforeLeaving(words.trim() !== "");
  const tooMany = words.length > MAX_CHARACTERS && [...words].length > MAX_CHARACTERS;
  const keep = async () => {
    setBusy(true);
    setProblem(null);
    try {
      onWritten(await http.send<WrittenText>("POST", path, { json: { text: words } }));
      setWords("");
    } catch (error) {
      setProblem(explain(error, text));
    }
    setBusy(false);
  };
  return (
    <Card title={recipes.writeText}>
      <Field
        label={recipes.text}
        hint={recipes.textHint}
        error={tooMany ? recipes.textTooLong(MAX_CHARACTERS) : undefined}
      >
        {(control) => (
          <textarea
            {...control}
            className={controlClass}
            rows={6}
            value={words}
            dir="auto"
            autoComplete="off"
            translate="no"
            onChange={(event) => setWords(event.target.value)}
          />
        )}
      </Field>
      {problem ? <Failed problem={problem} /> : null}
      <div>
        <Button
          look="primary"
          disabled={busy || tooMany || words.trim() === ""}
          onClick={() => void keep()}
        >
          {recipes.keepText}
        </Button>
      </div>
    </Card>
  );
}

function TextRow({ text, handBack }: { text: WrittenText; handBack: string | null }) {
  const { recipes, format } = useText();
  const excerpt = excerptOf(text.text);
  return (
    <li className={styles.row}>
      <p className={styles.words} dir="auto" translate="no">
        {excerpt ?? text.text}
      </p>
      {excerpt ? (
        <details className={styles.fold}>
          <summary>{recipes.wholeText}</summary>
          <p className={styles.words} dir="auto" translate="no">
            {text.text}
          </p>
        </details>
      ) : null}
      <div className={styles.line}>
        <span className={styles.quiet}>
          {recipes.by(format.moment(text.written_at), text.written_by || recipes.somebody)}
        </span>
        <CopyId id={text.id} />
        <HandBack address={handBack} />
      </div>
    </li>
  );
}

/** Back to the console with the id, in this tab; nothing without a form that waits for it. */
function HandBack({ address, isNext }: { address: string | null; isNext?: boolean }) {
  const { recipes } = useText();
  if (!address) return null;
  return (
    <a className={isNext ? styles.next : styles.back} href={address} rel="noreferrer">
      {recipes.handBack}
    </a>
  );
}
