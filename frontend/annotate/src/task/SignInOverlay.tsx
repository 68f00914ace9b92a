import type { Workbench } from "@annex/annotator-core";
import { Button, Dialog } from "@annex/ui";
import { useEffect, useState } from "react";
import { goToLogin, loadSession, openLoginWindow } from "../app/session";

const LOOK_EVERY_MS = 2000;

/** The session ended: sign in beside this page and go on with the same example and its draft. */
export function SignInOverlay({ bench }: { bench: Workbench }) {
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
      title="Sign in again"
      dismissible={false}
      onClose={() => undefined}
      actions={
        <Button look="primary" onClick={signIn}>
          {asked ? "Open the window again" : "Sign in"}
        </Button>
      }
    >
      Your session has ended. Your example, its marks and every unsent answer are kept in this
      browser; signing in opens beside this page and you go on where you were.
    </Dialog>
  );
}
