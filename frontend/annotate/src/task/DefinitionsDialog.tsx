import type { Definition, InHand, Label } from "@annex/annotator-core";
import { LabelChip } from "@annex/ui";
import { Dialog } from "../app/Dialog";
import { useText } from "../i18n/text";
import styles from "./DefinitionsDialog.module.css";

export interface DefinitionsDialogProps {
  labels: readonly Label[];
  /** Each label's key, by its id. */
  keys: ReadonlyMap<string, string>;
  /** The label at hand is shown before the others. */
  first: string | null;
  onClose: () => void;
}

/** What each label means, with examples, as developers wrote it on this cluster. */
export function DefinitionsDialog({ labels, keys, first, onClose }: DefinitionsDialogProps) {
  const { task } = useText();
  const ordered = [...labels].sort((a, b) => Number(b.id === first) - Number(a.id === first));
  return (
    <Dialog title={task.definitions} onClose={onClose} wide>
      <dl className={styles.list}>
        {ordered.map((label) => (
          <div key={label.id} className={styles.label}>
            <dt>
              <LabelChip name={label.name} colour={label.colour} shortcut={keys.get(label.id)} />
            </dt>
            <dd>
              <Meaning definition={label.definition ?? null} />
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}

/** The label that the next selection takes, if one was chosen first. */
export function armedIn(hand: InHand | null): string | null {
  return hand?.editor.armed ?? null;
}

function Meaning({ definition }: { definition: Definition | null }) {
  const { task } = useText();
  if (!definition) return <p className={styles.missing}>{task.noDefinition}</p>;
  return (
    <>
      {definition.text ? <p dir="auto">{definition.text}</p> : null}
      <Examples title={task.counts} sign="✓" examples={definition.counts} />
      <Examples title={task.countsNot} sign="✕" examples={definition.counts_not} />
    </>
  );
}

interface ExamplesProps {
  title: string;
  sign: string;
  examples: readonly string[];
}

function Examples({ title, sign, examples }: ExamplesProps) {
  if (examples.length === 0) return null;
  return (
    <>
      <h3 className={styles.title}>
        <span aria-hidden="true">{sign}</span> {title}
      </h3>
      <ul className={styles.examples} translate="no">
        {examples.map((example) => (
          <li key={example}>
            <bdi>{example}</bdi>
          </li>
        ))}
      </ul>
    </>
  );
}
