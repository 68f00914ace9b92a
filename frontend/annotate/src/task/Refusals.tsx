import type { Refusal } from "@annex/annotator-core";
import { Button, Notice } from "@annex/ui";
import { useText } from "../i18n/text";

/** Answers the worker would not take, each with its reason. */
export function Refusals({
  refusals,
  onDrop,
  onChange,
}: {
  refusals: readonly Refusal[];
  onDrop: (one: Refusal) => void;
  /** The person wants to answer again what the task's recipe did not take. */
  onChange: (one: Refusal) => void;
}) {
  const { task } = useText();
  const words = ({ code, detail }: Refusal) => {
    if (code === "lease.lost") return task.leaseLost;
    return isByRecipe(code) ? <bdi>{detail}</bdi> : task.notSaved(code);
  };
  return refusals.map((refusal) => (
    <Notice
      key={refusal.unsent.order}
      kind="warn"
      title={refusal.title}
      actions={
        isByRecipe(refusal.code) ? (
          <Button small onClick={() => onChange(refusal)}>
            {task.changeAnswer}
          </Button>
        ) : (
          <Button small onClick={() => onDrop(refusal)}>
            {task.allRight}
          </Button>
        )
      }
    >
      {words(refusal)}
    </Notice>
  ));
}

/** The task's own recipe said what is wrong, in words that were written for annotators. */
function isByRecipe(code: string): boolean {
  return code === "answer.refused";
}
