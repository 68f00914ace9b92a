import { Card } from "../app/Page";
import { useText } from "../i18n/text";
import styles from "./Pages.module.css";
import type { Trial } from "./trial";

/** How the rules do as they stand on this page, before they are saved. */
export function TrialCard({ trial, changed }: { trial: Trial; changed: boolean }) {
  const { format, pages } = useText();
  const change = trial.f - trial.saved_f;
  const direction = change > 0 ? styles.better : change < 0 ? styles.worse : undefined;
  return (
    <Card title={pages.trial} aside={pages.trialOn(trial.measured_texts, trial.sampled_texts)}>
      {trial.measured_texts === 0 ? (
        <p className={styles.quiet}>{pages.trialNoGold}</p>
      ) : (
        <p aria-live="polite">
          <b>F {format.points(trial.f)}</b>
          {changed ? (
            <span className={direction}> {pages.trialChange(change, trial.saved_f)}</span>
          ) : null}{" "}
          <span className={styles.quiet}>
            {pages.precision} {format.points(trial.precision)} · {pages.recall}{" "}
            {format.points(trial.recall)}
          </span>
        </p>
      )}
    </Card>
  );
}
