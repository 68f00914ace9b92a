import { Bar, Button, Notice } from "@annex/ui";
import { useEffect, useRef, useState } from "react";
import { type Explained, explain } from "../app/loading";
import { Card, Failed } from "../app/Page";
import { useText } from "../i18n/text";
import { type Checked, checkLedger } from "./check";
import styles from "./Oversight.module.css";

const MOST_SHOWN = 20;

/** Check every row, showing how far it is, and say in words what was checked. */
export function LedgerCheck() {
  const text = useText();
  const { oversight } = text;
  const [checked, setChecked] = useState<Checked | null>(null);
  const [running, setRunning] = useState(false);
  const [problem, setProblem] = useState<Explained | null>(null);
  const leaving = useRef(new AbortController());
  useEffect(() => {
    const controller = new AbortController();
    leaving.current = controller;
    return () => controller.abort();
  }, []);
  const start = async () => {
    setChecked(null);
    setProblem(null);
    setRunning(true);
    try {
      await checkLedger(setChecked, leaving.current.signal);
    } catch (error) {
      setProblem(explain(error, text));
    }
    setRunning(false);
  };
  return (
    <Card title={oversight.check}>
      <p className={styles.words}>{oversight.checkWhat}</p>
      {running ? <Progress checked={checked} /> : null}
      {problem ? <Failed problem={problem} /> : null}
      {checked?.done ? <Outcome checked={checked} /> : null}
      <div className={styles.bar}>
        <Button disabled={running} onClick={() => void start()}>
          {checked?.done ? oversight.checkAgain : oversight.checkNow}
        </Button>
      </div>
    </Card>
  );
}

function Progress({ checked }: { checked: Checked | null }) {
  const { oversight } = useText();
  const [after, until] = [checked?.after ?? 0, checked?.until ?? 1];
  return (
    <div className={styles.progress}>
      <Bar label={oversight.checkProgress} value={after} max={until} />
      <span role="status">{checked ? oversight.checking(after, until) : null}</span>
    </div>
  );
}

function Outcome({ checked }: { checked: Checked }) {
  const { oversight } = useText();
  if (checked.flaws.length > 0) {
    return (
      <Notice kind="error" title={oversight.broken(checked.flaws.length)}>
        {oversight.brokenWhat}
        <ul>
          {checked.flaws.slice(0, MOST_SHOWN).map((flaw) => (
            <li key={`${flaw.seq}${flaw.reason}`}>{oversight.flaw(flaw.seq, flaw.reason)}</li>
          ))}
        </ul>
      </Notice>
    );
  }
  if (checked.rows === 0) return <Notice title={oversight.wholeEmpty} />;
  return (
    <Notice kind="good" title={oversight.whole}>
      <p>{oversight.wholeWhat(checked.rows, checked.receipts, checked.fingerprint)}</p>
      <p>{oversight.headToKeep}</p>
      <code className={styles.hash}>{`${checked.after}:${checked.head}`}</code>
    </Notice>
  );
}
