import type { Refusal } from "@annex/annotator-core";
import { Button, Notice } from "@annex/ui";
import { useText } from "../i18n/text";

/** Answers the worker would not take, each with its reason. */
export function Refusals({
  refusals,
  onDrop,
}: {
  refusals: readonly Refusal[];
  onDrop: (one: Refusal) => void;
}) {
  const { task } = useText();
  return refusals.map((refusal) => (
    <Notice
      key={refusal.unsent.order}
      kind="warn"
      title={refusal.title}
      actions={
        <Button small onClick={() => onDrop(refusal)}>
          {task.allRight}
        </Button>
      }
    >
      {refusal.code === "lease.lost" ? task.leaseLost : task.notSaved(refusal.code)}
    </Notice>
  ));
}
