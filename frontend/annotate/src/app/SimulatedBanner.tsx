import { useContext } from "react";
import { useText } from "../i18n/text";
import styles from "./SimulatedBanner.module.css";
import { SessionContext } from "./session";

/** Answers of a simulated annotator must never pass for a person's. */
export function SimulatedBanner() {
  const session = useContext(SessionContext);
  const { frame } = useText();
  if (!session?.simulated) return null;
  return (
    <div className={styles.banner} role="status">
      {frame.simulated} <bdi>{session.name}</bdi>. {frame.simulatedWhy}
    </div>
  );
}
