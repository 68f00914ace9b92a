import type { Refusal } from "@annex/annotator-core";
import { Button, Notice } from "@annex/ui";

const WORDS: Record<string, string> = {
  "lease.lost": "Someone else answered this example while you were away, so yours was not needed.",
};

/** Answers the worker would not take, each with its reason. */
export function Refusals({
  refusals,
  onDrop,
}: {
  refusals: readonly Refusal[];
  onDrop: (one: Refusal) => void;
}) {
  return refusals.map((refusal) => (
    <Notice
      key={refusal.unsent.order}
      kind="warn"
      title={refusal.title}
      actions={
        <Button small onClick={() => onDrop(refusal)}>
          All right
        </Button>
      }
    >
      {WORDS[refusal.code] ??
        `One answer was not saved (${refusal.code}). Tell whoever runs the project.`}
    </Notice>
  ));
}
