import { countUnsent } from "@annex/annotator-core";
import { Button, Dialog } from "@annex/ui";
import { useState } from "react";
import { signOut } from "./session";

/** Sign out, and forget everything here; asks first when answers would be lost. */
export function SignOut() {
  const [waiting, setWaiting] = useState(0);
  const leave = () => {
    const unsent = countUnsent(localStorage);
    if (unsent > 0) setWaiting(unsent);
    else void signOut();
  };
  return (
    <>
      <Button look="quiet" small onClick={leave}>
        Sign out
      </Button>
      {waiting > 0 ? (
        <Dialog
          title="Some answers are not saved yet"
          onClose={() => setWaiting(0)}
          actions={
            <>
              <Button look="danger" onClick={() => void signOut()}>
                Sign out and lose {waiting}
              </Button>
              <Button look="primary" onClick={() => setWaiting(0)}>
                Stay
              </Button>
            </>
          }
        >
          {waiting} of the answers in this browser have not reached the cluster. Stay until the top
          bar says “Saved”; signing out removes them.
        </Dialog>
      ) : null}
    </>
  );
}
