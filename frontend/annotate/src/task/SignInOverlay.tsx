import type { Workbench } from "@annex/annotator-core";
import { Button } from "@annex/ui";
import { useEffect, useState } from "react";
import { Dialog } from "../app/Dialog";
import { goToLogin, loadSession, openLoginWindow } from "../app/session";
import { useText } from "../i18n/text";

const LOOK_EVERY_MS = 2000;

/** The session ended: sign in beside this page and go on with the same example and its draft. */
export function SignInOverlay({ bench }: { bench: Workbench }) {
  const { frame, task } = useText();
  const [asked, setAsked] = useState(false);
  // The window tells us when it is back; where it cannot, asking is enough.
  useEffect(() => {
    if (!asked) return;
    const timer = setInterval(() => {
      loadSession().then(
        () => void bench.resume(),
        () => undefined,
      );
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [asked, bench]);
  const signIn = () => {
    if (openLoginWindow()) setAsked(true);
    else goToLogin();
  };
  return (
    <Dialog
      title={task.signInAgain}
      dismissible={false}
      onClose={() => undefined}
      actions={
        <Button look="primary" onClick={signIn}>
          {asked ? task.openWindowAgain : frame.signIn}
        </Button>
      }
    >
      {task.sessionEnded}
    </Dialog>
  );
}
