import { SignedOutError } from "@annex/annotator-core";
import { Button, Notice } from "@annex/ui";
import { useCallback, useEffect, useState } from "react";
import { useText } from "../i18n/text";
import styles from "./SessionWatch.module.css";
import {
  loadSession,
  onSignedInElsewhere,
  openLoginWindow,
  type Session,
  useSession,
} from "./session";

const LOOK_EVERY_MS = 60_000;
const WARN_SECONDS = 300;

/** Warn five minutes before the session ends, while there is time to sign in again in a window beside. */
export function SessionWatch({ onChange }: { onChange: (session: Session) => void }) {
  const session = useSession();
  const { frame } = useText();
  const [endsIn, setEndsIn] = useState(session.expires_in_seconds);
  const look = useCallback(async () => {
    try {
      const now = await loadSession();
      setEndsIn(Math.min(now.idle_seconds, now.expires_in_seconds));
      if (now.csrf_token !== session.csrf_token) onChange(now);
    } catch (error) {
      // Ended: the page that has something to save says so itself.
      if (error instanceof SignedOutError) setEndsIn(0);
    }
  }, [session.csrf_token, onChange]);
  useEffect(() => {
    const timer = setInterval(() => void look(), LOOK_EVERY_MS);
    const stop = onSignedInElsewhere(() => void look());
    return () => {
      clearInterval(timer);
      stop();
    };
  }, [look]);
  if (endsIn <= 0 || endsIn > WARN_SECONDS) return null;
  return (
    <div className={styles.place}>
      <Notice
        kind="warn"
        title={frame.sessionEnds(Math.ceil(endsIn / 60))}
        actions={
          <Button small onClick={openLoginWindow}>
            {frame.signInAgain}
          </Button>
        }
      >
        {frame.sessionEndsWhat}
      </Notice>
    </div>
  );
}
