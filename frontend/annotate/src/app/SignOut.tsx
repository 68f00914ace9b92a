import { countUnsent } from "@annex/annotator-core";
import { Button, Dialog } from "@annex/ui";
import { useState } from "react";
import { type Explained, explain } from "./loading";
import { signOut } from "./session";

/** Sign out, and forget everything here; asks first when answers would be lost. */
export function SignOut() {
  const [waiting, setWaiting] = useState(0);
  const [leaving, setLeaving] = useState(false);
  const [problem, setProblem] = useState<Explained | null>(null);
  const stay = () => {
    setWaiting(0);
    setProblem(null);
  };
  const leave = async () => {
    stay();
    setLeaving(true);
    try {
      await signOut();
    } catch (error) {
      setProblem(explain(error));
      setLeaving(false);
    }
  };
  const ask = () => {
    const unsent = countUnsent(localStorage);
    if (unsent > 0) setWaiting(unsent);
    else void leave();
  };
  return (
    <>
      <Button look="quiet" small disabled={leaving} onClick={ask}>
        {leaving ? "Signing out…" : "Sign out"}
      </Button>
      {waiting > 0 ? (
        <Dialog
          title="Some answers are not saved yet"
          onClose={stay}
          actions={
            <>
              <Button look="danger" onClick={() => void leave()}>
                Sign out and lose {waiting}
              </Button>
              <Button look="primary" onClick={stay}>
                Stay
              </Button>
            </>
          }
        >
          {waiting} of the answers in this browser have not reached the cluster. Stay until the top
          bar says “Saved”; signing out removes them.
        </Dialog>
      ) : null}
      {problem ? (
        <Dialog
          title="You are still signed in"
          onClose={stay}
          actions={
            <>
              <Button onClick={stay}>Stay</Button>
              <Button look="primary" onClick={() => void leave()}>
                Try again
              </Button>
            </>
          }
        >
          <p>
            {problem.title}. {problem.whatToDo}
          </p>
          <p>Until you are signed out, whoever uses this browser next works in your name.</p>
        </Dialog>
      ) : null}
    </>
  );
}
