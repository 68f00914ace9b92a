import { useCallback } from "react";
import { Dialog } from "../app/Dialog";
import { useLoaded } from "../app/loading";
import { Failed, Loading } from "../app/Page";
import { http } from "../app/session";
import { useText } from "../i18n/text";
import { Facts, Scrolled } from "../pages/Facts";
import styles from "./Oversight.module.css";
import type { LedgerDetail } from "./shapes";

/** One row: the exact body, its hash, its place in the chain, its receipt. */
export function LedgerRowDialog({ seq, onClose }: { seq: number; onClose: () => void }) {
  const load = useCallback(() => http.get<LedgerDetail>(`/api/ledger/rows/${seq}`), [seq]);
  const { state, reload } = useLoaded(load);
  const { oversight } = useText();
  return (
    <Dialog title={oversight.rowTitle(seq)} onClose={onClose} wide>
      {state.kind === "loading" ? <Loading /> : null}
      {state.kind === "failed" ? <Failed problem={state.problem} onRetry={reload} /> : null}
      {state.kind === "ready" ? <Row row={state.value} /> : null}
    </Dialog>
  );
}

function Row({ row }: { row: LedgerDetail }) {
  const { oversight, format } = useText();
  return (
    <div className={styles.row}>
      <Scrolled>{row.body || oversight.emptyBody}</Scrolled>
      <div className={styles.hashes}>
        <Facts
          facts={{
            [oversight.when]: format.moment(row.at),
            [oversight.request]: `${row.method} ${row.path}`,
            [oversight.size]: format.bytes(row.size_bytes),
            [oversight.bodyHash]: row.body_sha256,
            [oversight.headBefore]: row.prev,
            [oversight.head]: row.head,
            [oversight.signature]: row.signature,
            ...receiptFacts(row, oversight),
          }}
        />
      </div>
    </div>
  );
}

function receiptFacts(
  { signed_for: receipt }: LedgerDetail,
  words: { receipt: string; noReceipt: string; receiptUpTo: string; receiptSignature: string },
): Record<string, string> {
  if (!receipt) return { [words.receipt]: words.noReceipt };
  return {
    [words.receiptUpTo]: String(receipt.accepted_seq),
    [words.receiptSignature]: receipt.signature,
  };
}
