import { Card } from "../app/Page";
import { useText } from "../i18n/text";
import { Scrolled } from "../pages/Facts";
import { Frame } from "./Frame";
import { LedgerCheck } from "./LedgerCheck";
import { LedgerList } from "./LedgerList";
import { LedgerPicture } from "./LedgerPicture";
import styles from "./Oversight.module.css";

const COMMAND = "python verify_ledger.py ledger.jsonl";

/** `/ledger`: everything that was sent, and the proof that it is everything. */
export default function LedgerPage() {
  const { oversight } = useText();
  return (
    <Frame at="ledger" lead={oversight.ledgerLead}>
      <LedgerPicture />
      <LedgerCheck />
      <TakeAlong />
      <LedgerList />
    </Frame>
  );
}

function TakeAlong() {
  const { oversight } = useText();
  return (
    <Card title={oversight.takeAlong}>
      <p className={styles.words}>{oversight.takeAlongWhat}</p>
      <p className={styles.bar}>
        <a className={styles.file} href="/api/ledger/file" download="ledger.jsonl">
          {oversight.downloadLedger}
        </a>
        <a className={styles.file} href="/api/ledger/verifier" download="verify_ledger.py">
          {oversight.downloadVerifier}
        </a>
      </p>
      <Scrolled>{COMMAND}</Scrolled>
      <p className={styles.words}>{oversight.packWhat}</p>
      <p className={styles.bar}>
        <a className={styles.file} href="/api/pack" download="annex-approval-pack.zip">
          {oversight.downloadPack}
        </a>
      </p>
    </Card>
  );
}
