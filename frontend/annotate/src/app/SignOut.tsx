import { countUnsent } from "@annex/annotator-core";
import { Button } from "@annex/ui";
import { useState } from "react";
import { useText } from "../i18n/text";
import { Dialog } from "./Dialog";
import { type Explained, explain } from "./loading";
import { signOut } from "./session";

/** Sign out, and forget everything here; asks first when answers would be lost. */
export function SignOut() {
  const text = useText();
  const { frame } = text;
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
      setProblem(explain(error, text));
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
        {leaving ? frame.signingOut : frame.signOut}
      </Button>
      {waiting > 0 ? (
        <Dialog
          title={frame.notSavedYet}
          onClose={stay}
          actions={
            <>
              <Button look="danger" onClick={() => void leave()}>
                {frame.loseAnswers(waiting)}
              </Button>
              <Button look="primary" onClick={stay}>
                {frame.stay}
              </Button>
            </>
          }
        >
          {frame.loseWhat(waiting)}
        </Dialog>
      ) : null}
      {problem ? (
        <Dialog
          title={frame.stillSignedIn}
          onClose={stay}
          actions={
            <>
              <Button onClick={stay}>{frame.stay}</Button>
              <Button look="primary" onClick={() => void leave()}>
                {frame.tryAgain}
              </Button>
            </>
          }
        >
          <p>
            {problem.title}. {problem.whatToDo}
          </p>
          <p>{frame.stillSignedInWhat}</p>
        </Dialog>
      ) : null}
    </>
  );
}
