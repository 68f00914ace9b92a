import {
  type Annotation,
  type Conflict,
  type Label,
  linksOf,
  TextIndex,
  type Workbench,
} from "@annex/annotator-core";
import { Button, LabelChip } from "@annex/ui";
import { Dialog } from "../app/Dialog";
import { useText } from "../i18n/text";
import styles from "./Conflicts.module.css";

export interface ConflictsProps {
  bench: Workbench;
  conflicts: readonly Conflict[];
  labels: readonly Label[];
  textOf?: (example: string) => string | null;
}

/** The same answer was changed in two places: show both, let the person choose. */
export function Conflicts({ bench, conflicts, labels, textOf }: ConflictsProps) {
  const { task } = useText();
  const [conflict] = conflicts;
  if (!conflict) return null;
  const { body } = conflict.unsent;
  const text = textOf?.(body.example) ?? null;
  return (
    <Dialog
      title={task.conflict}
      dismissible={false}
      wide
      onClose={() => undefined}
      actions={
        <>
          <Button onClick={() => bench.keepTheirs(conflict)}>{task.keepSaved}</Button>
          <Button look="primary" onClick={() => bench.saver.keepOurs(conflict)}>
            {task.keepMine}
          </Button>
        </>
      }
    >
      <p>{task.conflictWhat}</p>
      <div className={styles.sides}>
        <Side title={task.mine(body.verdict)} annotation={body} labels={labels} text={text} />
        {conflict.theirs ? (
          <Side
            title={task.theirs(conflict.theirs.verdict)}
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
  annotation: Annotation;
  labels: readonly Label[];
  text: string | null;
}

function Side({ title, annotation, labels, text }: SideProps) {
  const { task } = useText();
  const index = text === null ? null : new TextIndex(text);
  return (
    <section>
      <h3>{title}</h3>
      <ul>
        {annotation.spans.map((span) => {
          const label = labels.find((one) => one.id === span.label);
          return (
            <li key={`${span.start}-${span.end}-${span.label}`}>
              <LabelChip name={label?.name ?? task.aLabel} colour={label?.colour ?? "#808080"} />{" "}
              <bdi translate="no">
                {index?.slice(span.start, span.end) ?? `${span.start}–${span.end}`}
              </bdi>
            </li>
          );
        })}
        {(annotation.choices ?? []).map((choice) => {
          const label = labels.find((one) => one.id === choice);
          return (
            <li key={choice}>
              <LabelChip name={label?.name ?? task.aLabel} colour={label?.colour ?? "#808080"} />
            </li>
          );
        })}
        {annotation.written ? (
          <li className={styles.written} dir="auto" translate="no">
            {annotation.written}
          </li>
        ) : null}
        {linksOf(annotation).map(({ head, child, label }) => (
          <li key={`${head.start}-${head.end}-${child.start}-${child.end}-${label}`}>
            <bdi translate="no">
              {task.relation(
                index?.slice(head.start, head.end) ?? `${head.start}–${head.end}`,
                labels.find((one) => one.id === label)?.name ?? task.aLabel,
                index?.slice(child.start, child.end) ?? `${child.start}–${child.end}`,
              )}
            </bdi>
          </li>
        ))}
        {typeof annotation.picked === "number" ? (
          <li>{task.option(annotation.picked + 1)}</li>
        ) : null}
        {saysNothing(annotation) ? <li>{task.noMarks}</li> : null}
        {annotation.flagged ? <li>{task.flaggedNote(annotation.note)}</li> : null}
      </ul>
    </section>
  );
}

function saysNothing({ spans, choices, written, picked }: Annotation): boolean {
  return spans.length + (choices ?? []).length === 0 && !written && typeof picked !== "number";
}
