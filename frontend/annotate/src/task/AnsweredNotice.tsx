import type { InHand, LookAgain, Workbench } from "@annex/annotator-core";
import { Button, Notice } from "@annex/ui";
import { useText } from "../i18n/text";

/** What is open here has an answer already, and perhaps a change of it that was not sent. */
export function AnsweredNotice({ bench, hand }: { bench: Workbench; hand: InHand }) {
  const text = useText().task;
  const { verdict, editor } = hand;
  if (!verdict) return <LookAgainNotice again={editor.example.look_again ?? null} />;
  const changed = editor.past.length > 0;
  const said = editor.example.corrects ? text.answeredByOther(verdict) : text.answered(verdict);
  const leave = (
    <Button small onClick={() => bench.leave()}>
      {changed ? text.dropChange : text.backToWork}
    </Button>
  );
  return changed ? (
    <Notice kind="warn" title={text.changedSince(said)} actions={leave}>
      {text.answeredChangedWhat}
    </Notice>
  ) : (
    <Notice title={said} actions={leave}>
      {editor.example.corrects ? text.answeredByOtherWhat : text.answeredWhat}
    </Notice>
  );
}

/** A label was merged, split or deleted, and this answer is in doubt since. */
function LookAgainNotice({ again }: { again: LookAgain | null }) {
  const { format, task } = useText();
  if (!again) return null;
  const [labels, into] = [format.list(again.labels), format.list(again.into)];
  return (
    <Notice kind="warn" title={task.lookAgain}>
      {task.lookAgainWhat[again.kind](labels, into)}
    </Notice>
  );
}
