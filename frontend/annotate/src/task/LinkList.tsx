import { type Label, type Link, removeLink, type Workbench } from "@annex/annotator-core";
import { Button, LabelChip } from "@annex/ui";
import { useText } from "../i18n/text";
import { keyOf } from "./LayeredSheet";
import styles from "./LinkList.module.css";
import { useBenchState } from "./useWorkbench";

const SHOWN_WORDS = 40;

/** The connections of the example in hand, in words; each can be taken away. */
export function LinkList({ bench, labels }: { bench: Workbench; labels: readonly Label[] }) {
  const { task } = useText();
  const { hand } = useBenchState(bench);
  if (!hand) return null;
  const { content, index } = hand.editor;
  const words = ({ start, end }: Link["head"]) =>
    index.slice(start, Math.min(end, start + SHOWN_WORDS));
  return (
    <section>
      <h2>{task.relations}</h2>
      {content.links.length === 0 ? <p>{task.noRelations}</p> : null}
      <ul className={styles.links}>
        {content.links.map((link) => {
          const label = labels.find(({ id }) => id === link.label);
          const said = task.relation(
            words(link.head),
            label?.name ?? task.aRetiredLabel,
            words(link.child),
          );
          return (
            <li key={`${keyOf(link.head)} ${keyOf(link.child)} ${link.label}`}>
              <span>
                <bdi translate="no">{words(link.head)}</bdi>{" "}
                <LabelChip
                  name={`${label?.name ?? task.aRetiredLabel} →`}
                  colour={label?.colour ?? "#808080"}
                />{" "}
                <bdi translate="no">{words(link.child)}</bdi>
              </span>
              <Button
                look="quiet"
                small
                aria-label={task.takeAwayRelation(said)}
                onClick={() => bench.edit((editor) => removeLink(editor, link))}
              >
                {task.takeAway}
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
