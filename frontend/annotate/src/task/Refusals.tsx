import type { Refusal } from "@annex/annotator-core";
import { Button, Notice } from "@annex/ui";
import { type Text, useText } from "../i18n/text";

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
      {reasonOf(refusal, task)}
    </Notice>
  ));
}

function reasonOf({ code, detail }: Refusal, task: Text["task"]): string {
  if (code === "answer.refused") return detail;
  return code === "lease.lost" ? task.leaseLost : task.notSaved(code);
}
