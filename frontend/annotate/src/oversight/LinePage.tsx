import { Button, Notice } from "@annex/ui";
import { useCallback, useEffect, useState } from "react";
import { Dialog } from "../app/Dialog";
import { type Explained, explain, useLoaded } from "../app/loading";
import { Card, Failed, Loading } from "../app/Page";
import { http } from "../app/session";
import { useText } from "../i18n/text";
import { Facts } from "../pages/Facts";
import { Frame } from "./Frame";
import styles from "./Oversight.module.css";
import type { Cut, Line } from "./shapes";
import { Table } from "./Table";

const LOOK_EVERY_MS = 5_000;

/** `/line`: the kill switch. */
export default function LinePage() {
  const load = useCallback(() => http.get<Line>("/api/line"), []);
  const { state, reload, put } = useLoaded(load);
  const { oversight } = useText();
  useEffect(() => {
    const timer = setInterval(reload, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [reload]);
  return (
    <Frame at="line" lead={oversight.lineLead}>
      {state.kind === "loading" ? <Loading /> : null}
      {state.kind === "failed" ? <Failed problem={state.problem} onRetry={reload} /> : null}
      {state.kind === "ready" ? <Shown line={state.value} onChange={put} /> : null}
    </Frame>
  );
}

function Shown({ line, onChange }: { line: Line; onChange: (line: Line) => void }) {
  const { oversight } = useText();
  const past = line.history.filter((cut) => cut.restored_at !== null);
  return (
    <>
      <State line={line} />
      <Card>
        <Figures line={line} />
        <Control line={line} onChange={onChange} />
      </Card>
      {past.length > 0 ? (
        <Card title={oversight.history}>
          <History cuts={past} />
        </Card>
      ) : null}
    </>
  );
}

function State({ line }: { line: Line }) {
  const { oversight, format } = useText();
  const words = {
    whole: oversight.stateWhole(line.control_plane),
    cut: line.cut ? oversight.stateCut(line.cut.cut_by, format.moment(line.cut.cut_at)) : "",
    disabled: oversight.stateDisabled,
    not_enrolled: oversight.stateNotEnrolled,
  };
  return (
    <Notice kind={line.state === "whole" ? "good" : "warn"} title={oversight.states[line.state]}>
      {words[line.state]}
    </Notice>
  );
}

function Figures({ line }: { line: Line }) {
  const { oversight, format } = useText();
  const { waiting_events: events, waiting_since: since } = line;
  return (
    <Facts
      facts={{
        [oversight.controlPlane]: line.control_plane,
        [oversight.lastSent]: line.last_sent_at
          ? format.moment(line.last_sent_at)
          : oversight.never,
        [oversight.ledgerRows]: format.number(line.ledger_rows),
        [oversight.waitingEvents]:
          events > 0 && since
            ? oversight.waitingSince(events, format.moment(since))
            : format.number(events),
      }}
    />
  );
}

function Control({ line, onChange }: { line: Line; onChange: (line: Line) => void }) {
  const text = useText();
  const { oversight } = text;
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<Explained | null>(null);
  const change = async (verb: "cut" | "restore") => {
    setAsking(false);
    setProblem(null);
    try {
      onChange(await http.send<Line>("POST", `/api/line/${verb}`));
    } catch (error) {
      setProblem(explain(error, text));
    }
  };
  return (
    <>
      {problem ? <Failed problem={problem} /> : null}
      {line.cut ? (
        <div className={styles.bar}>
          <Button
            look="primary"
            disabled={!line.may_restore}
            onClick={() => void change("restore")}
          >
            {oversight.restore}
          </Button>
          <span className={styles.quiet}>
            {line.may_restore ? oversight.restoreWhat : oversight.restoreOnMachine}
          </span>
        </div>
      ) : (
        <div className={styles.bar}>
          <Button look="danger" onClick={() => setAsking(true)}>
            {oversight.cut}
          </Button>
        </div>
      )}
      {asking ? (
        <Dialog
          title={oversight.cutTitle}
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button onClick={() => setAsking(false)}>{oversight.keep}</Button>
              <Button look="danger" onClick={() => void change("cut")}>
                {oversight.cutNow}
              </Button>
            </>
          }
        >
          {oversight.cutWhat}
        </Dialog>
      ) : null}
    </>
  );
}

function History({ cuts }: { cuts: readonly Cut[] }) {
  const { oversight, format } = useText();
  return (
    <Table label={oversight.history}>
      <thead>
        <tr>
          <th>{oversight.cutAt}</th>
          <th>{oversight.restoredAt}</th>
        </tr>
      </thead>
      <tbody>
        {cuts.map((cut) => (
          <tr key={cut.cut_at}>
            <td className={styles.time}>{oversight.by(format.moment(cut.cut_at), cut.cut_by)}</td>
            <td className={styles.time}>
              {cut.restored_at
                ? oversight.by(format.moment(cut.restored_at), cut.restored_by)
                : oversight.stillCut}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
