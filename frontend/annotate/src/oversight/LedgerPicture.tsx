import { useCallback } from "react";
import { useLoaded } from "../app/loading";
import { Card, Failed } from "../app/Page";
import { http } from "../app/session";
import { useText } from "../i18n/text";
import styles from "./Oversight.module.css";
import { byKind, daysOf, type KindOverDays } from "./picture";
import type { LedgerDays } from "./shapes";

/** What went out, by day and kind: each kind on a scale of its own. */
export function LedgerPicture() {
  const load = useCallback(() => http.get<LedgerDays>("/api/ledger/days"), []);
  const { state, reload } = useLoaded(load);
  const { oversight, format } = useText();
  if (state.kind === "failed") return <Failed problem={state.problem} onRetry={reload} />;
  if (state.kind === "loading") return <Card title={oversight.wentOut}>{null}</Card>;
  const kinds = byKind(state.value);
  const span = oversight.wentOutSince(
    format.date(state.value.since),
    format.date(state.value.until),
  );
  return (
    <Card title={oversight.wentOut} aside={span}>
      {kinds.length === 0 ? (
        <p className={styles.words}>{oversight.wentOutNothing}</p>
      ) : (
        <div className={styles.picture}>
          {kinds.map((kind) => (
            <KindRow key={kind.kind} sent={kind} days={daysOf(state.value)} />
          ))}
        </div>
      )}
    </Card>
  );
}

function KindRow({ sent, days }: { sent: KindOverDays; days: readonly string[] }) {
  const { oversight } = useText();
  const name = oversight.requestKinds[sent.kind] ?? sent.kind;
  const most = Math.max(...sent.sizes);
  return (
    <div className={styles.kind}>
      <span>{name}</span>
      <span
        className={styles.days}
        role="img"
        aria-label={oversight.wentOutOf(name, sent.rows, sent.size, sent.days)}
      >
        {days.map((day, index) => (
          <Day key={day} share={(sent.sizes[index] ?? 0) / most} />
        ))}
      </span>
      <span className={styles.sum}>{oversight.requestsAndSize(sent.rows, sent.size)}</span>
    </div>
  );
}

/** A day on which anything went out is never invisible beside a busy one. */
function Day({ share }: { share: number }) {
  const height = share > 0 ? Math.max(8, share * 100) : 0;
  return (
    <span className={styles.slot}>
      {height > 0 ? <i style={{ blockSize: `${height}%` }} /> : null}
    </span>
  );
}
