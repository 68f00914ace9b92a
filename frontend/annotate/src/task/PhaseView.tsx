import type { Phase } from "@annex/annotator-core";
import { Blank, Button } from "@annex/ui";
import { Loading } from "../app/Page";
import { useCountdown } from "./TopBar";

/** What is shown when there is no example in hand: why, and what to do. */
export function PhaseView({ phase, onLookAgain }: { phase: Phase; onLookAgain: () => void }) {
  const seconds = useCountdown("retryAt" in phase ? phase.retryAt : null);
  const again = (
    <Button small onClick={onLookAgain}>
      Look now
    </Button>
  );
  const home = <a href="/">My other tasks</a>;
  switch (phase.kind) {
    case "done":
      return (
        <Blank title="All done" actions={again}>
          Every example that is yours is answered. Thank you. Your answers stay open to changes in
          the list at the side. {home}
        </Blank>
      );
    case "paused":
      return (
        <Blank title="This task is paused" actions={again}>
          Whoever runs the project has paused it; what you answered is saved. {home}
        </Blank>
      );
    case "closed":
      return (
        <Blank title="This task is closed" actions={home}>
          It takes no more answers. Everything you answered is kept.
        </Blank>
      );
    case "empty":
      return (
        <Blank title="Nothing free at the moment" actions={again}>
          Others are working on what is left. Looking again in {seconds} s; you need not reload.
        </Blank>
      );
    case "unreachable":
      return (
        <Blank title="The cluster does not answer" actions={again}>
          Trying again in {seconds} s. What you answered is kept in this browser and sent when it is
          back.
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
