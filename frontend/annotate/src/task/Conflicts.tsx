import {
  type Annotation,
  type Conflict,
  type Label,
  TextIndex,
  type Verdict,
  type Workbench,
} from "@annex/annotator-core";
import { Button, Dialog, LabelChip } from "@annex/ui";
import styles from "./Conflicts.module.css";

export interface ConflictsProps {
  bench: Workbench;
  conflicts: readonly Conflict[];
  labels: readonly Label[];
  textOf?: (example: string) => string | null;
}

/** The same answer was changed in two places: show both, let the person choose. */
export function Conflicts({ bench, conflicts, labels, textOf }: ConflictsProps) {
  const [conflict] = conflicts;
  if (!conflict) return null;
  const { body } = conflict.unsent;
  const text = textOf?.(body.example) ?? null;
  return (
    <Dialog
      title="This answer was changed somewhere else"
      dismissible={false}
      wide
      onClose={() => undefined}
      actions={
        <>
          <Button onClick={() => bench.keepTheirs(conflict)}>Keep the saved one</Button>
          <Button look="primary" onClick={() => bench.saver.keepOurs(conflict)}>
            Keep mine
          </Button>
        </>
      }
    >
      <p>Perhaps in another window of yours. Both are shown; the one you keep is saved.</p>
      <div className={styles.sides}>
        <Side title="Mine" verdict={body.verdict} annotation={body} labels={labels} text={text} />
        {conflict.theirs ? (
          <Side
            title="Saved"
            verdict={conflict.theirs.verdict}
            annotation={conflict.theirs}
            labels={labels}
            text={text}
          />
        ) : null}
      </div>
    </Dialog>
  );
}

interface SideProps {
  title: string;
  verdict: Verdict;
  annotation: Annotation;
  labels: readonly Label[];
  text: string | null;
}

function Side({ title, verdict, annotation, labels, text }: SideProps) {
  const index = text === null ? null : new TextIndex(text);
  return (
    <section>
      <h3>
        {title}: {verdict}
      </h3>
      <ul>
        {annotation.spans.map((span) => {
          const label = labels.find((one) => one.id === span.label);
          return (
            <li key={`${span.start}-${span.end}`}>
              <LabelChip name={label?.name ?? "a label"} colour={label?.colour ?? "#808080"} />{" "}
              <bdi translate="no">
                {index?.slice(span.start, span.end) ?? `${span.start}–${span.end}`}
              </bdi>
            </li>
          );
        })}
        {annotation.spans.length === 0 ? <li>No marks</li> : null}
        {annotation.flagged ? (
          <li>Flagged{annotation.note ? `: ${annotation.note}` : ""}</li>
        ) : null}
      </ul>
    </section>
  );
}
