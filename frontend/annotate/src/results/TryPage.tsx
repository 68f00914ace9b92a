import { Blank, Button, controlClass, Field } from "@annex/ui";
import { type KeyboardEvent, useState } from "react";
import { type Explained, explain } from "../app/loading";
import { Card, Failed, Page } from "../app/Page";
import { http } from "../app/session";
import { useText } from "../i18n/text";
import { Said } from "./MarkedText";
import styles from "./Results.module.css";
import { isOfWholes, type LabelLook, type ShownAnswer } from "./shapes";

const MAX_LENGTH = 5000;

interface Tried {
  readonly answers: readonly {
    readonly among: readonly { readonly id: string; readonly name: string }[];
    readonly component: string | null;
    readonly said: ShownAnswer | null;
    readonly milliseconds: number;
  }[];
  readonly labels: readonly LabelLook[];
}

/** `/try/<project>`: what each predictor of the project says about a sentence. */
export default function TryPage({ id }: { id: string }) {
  const text = useText();
  const { results } = text;
  const [sentence, setSentence] = useState("");
  const [asked, setAsked] = useState<{ text: string; tried: Tried } | null>(null);
  const [problem, setProblem] = useState<Explained | null>(null);
  const [busy, setBusy] = useState(false);
  const isEmpty = sentence.trim() === "";
  const ask = async () => {
    setBusy(true);
    try {
      const path = `/api/projects/${id}/try`;
      const tried = await http.send<Tried>("POST", path, {
        json: { text: sentence },
        timeoutSeconds: 60,
      });
      setAsked({ text: sentence, tried });
      setProblem(null);
    } catch (error) {
      setProblem(explain(error, text));
    }
    setBusy(false);
  };
  const submit = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || isEmpty || busy) return;
    event.preventDefault();
    void ask();
  };
  return (
    <Page title={results.tryTitle} lead={results.tryLead}>
      <Card>
        <Field label={results.trySentence} hint={results.tryHint}>
          {(control) => (
            <textarea
              {...control}
              className={`${controlClass} ${styles.sentence}`}
              value={sentence}
              maxLength={MAX_LENGTH}
              dir="auto"
              translate="no"
              autoComplete="off"
              onKeyDown={submit}
              onChange={(event) => setSentence(event.target.value)}
            />
          )}
        </Field>
        <div>
          <Button look="primary" disabled={isEmpty || busy} onClick={() => void ask()}>
            {busy ? results.trying : results.try}
          </Button>
        </div>
      </Card>
      {problem ? <Failed problem={problem} /> : null}
      {asked ? <Answers {...asked} /> : null}
    </Page>
  );
}

function Answers({ text, tried }: { text: string; tried: Tried }) {
  const { results } = useText();
  if (tried.answers.length === 0) {
    return <Blank title={results.noPredictors}>{results.noPredictorsWhat}</Blank>;
  }
  return (
    <Card title={results.whatEachSays}>
      <ul className={styles.findings} aria-live="polite">
        {tried.answers.map(({ among, component, said, milliseconds }) => (
          <li key={among.map((part) => part.id).join()} className={styles.tried}>
            {said ? (
              <Said
                who={among.map((part) => part.name).join(" + ")}
                text={text}
                answer={said}
                labels={tried.labels}
                source="suggestion"
                isWhole={isOfWholes(component)}
              />
            ) : (
              <span className={styles.quiet}>
                {results.notLoaded(among.map((part) => part.name).join(" + "))}
              </span>
            )}
            <span className={styles.quiet}>{results.took(milliseconds)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
