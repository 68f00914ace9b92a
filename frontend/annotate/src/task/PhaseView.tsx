import type { Phase } from "@annex/annotator-core";
import { Blank, Button } from "@annex/ui";
import { Loading } from "../app/Page";
import { useText } from "../i18n/text";
import { useCountdown } from "./TopBar";

/** What is shown when there is no example in hand: why, and what to do. */
export function PhaseView({ phase, onLookAgain }: { phase: Phase; onLookAgain: () => void }) {
  const { frame, task } = useText();
  const seconds = useCountdown("retryAt" in phase ? phase.retryAt : null);
  const again = (
    <Button small onClick={onLookAgain}>
      {task.lookNow}
    </Button>
  );
  const home = <a href="/">{task.otherTasks}</a>;
  switch (phase.kind) {
    case "done":
      return (
        <Blank title={task.done} actions={again}>
          {task.doneWhat} {home}
        </Blank>
      );
    case "paused":
      return (
        <Blank title={task.paused} actions={again}>
          {task.pausedWhat} {home}
        </Blank>
      );
    case "closed":
      return (
        <Blank title={task.closed} actions={home}>
          {task.closedWhat}
        </Blank>
      );
    case "empty":
      return (
        <Blank title={task.empty} actions={again}>
          {task.emptyWhat(seconds)}
        </Blank>
      );
    case "unreachable":
      return (
        <Blank title={frame.unreachable} actions={again}>
          {task.unreachableWhat(seconds)}
        </Blank>
      );
    case "failed":
      return (
        <Blank title={phase.problem.title} actions={again}>
          {phase.problem.detail} {phase.problem.what_to_do} {home}
        </Blank>
      );
    default:
      return <Loading />;
  }
}
