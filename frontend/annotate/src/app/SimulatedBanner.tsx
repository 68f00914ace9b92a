import { useContext } from "react";
import styles from "./SimulatedBanner.module.css";
import { SessionContext } from "./session";

/** Answers of a simulated annotator must never pass for a person's. */
export function SimulatedBanner() {
  const session = useContext(SessionContext);
  if (!session?.simulated) return null;
  return (
    <div className={styles.banner} role="status">
      Simulated annotator: <bdi>{session.name}</bdi>. Answers given here count as simulated
      everywhere.
    </div>
  );
}
