import { Bar, Notice } from "@annex/ui";
import { type DragEvent, useState } from "react";
import { type Explained, explain } from "../app/loading";
import { Card, Failed } from "../app/Page";
import { type Asset, upload } from "./assets";
import styles from "./Data.module.css";
import { PickFromRoot } from "./PickFromRoot";

/** The file: from this computer, or from a folder the cluster's administrator configured. */
export function ChooseFile({
  asset,
  onChosen,
}: {
  asset: Asset;
  onChosen: (asset: Asset) => void;
}) {
  const [share, setShare] = useState<number | null>(null);
  const [problem, setProblem] = useState<Explained | null>(null);
  const send = async (file: File | undefined) => {
    if (!file) return;
    setProblem(null);
    setShare(0);
    try {
      onChosen(await upload(asset.id, file, setShare));
    } catch (error) {
      setProblem(explain(error));
    } finally {
      setShare(null);
    }
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    void send(event.dataTransfer.files[0]);
  };
  return (
    <>
      {problem ? <Failed problem={problem} /> : null}
      <section
        className={styles.drop}
        aria-label="Upload"
        onDragOver={(event) => event.preventDefault()}
        onDrop={drop}
      >
        <h2>From this computer</h2>
        <p>JSONL (also Prodigy's), CSV or TSV, or plain text with one example a line.</p>
        <label className={styles.file}>
          <input
            type="file"
            accept=".jsonl,.ndjson,.csv,.tsv,.txt"
            disabled={share !== null}
            onChange={(event) => void send(event.target.files?.[0])}
          />
          <span>Choose a file</span>
        </label>
        <span className={styles.quiet}>or drop it here</span>
        {share === null ? null : (
          <p role="status">
            <Bar label="Upload" value={Math.round(share * 100)} max={100} />{" "}
            {Math.round(share * 100)} % {share === 1 ? "· reading it" : ""}
          </p>
        )}
      </section>
      {asset.roots.length > 0 ? (
        <Card title="From a folder of the cluster">
          <PickFromRoot asset={asset} onChosen={onChosen} />
        </Card>
      ) : (
        <Notice title="Large files need not be uploaded">
          An administrator of the cluster can configure folders to pick from (
          <code>ANNEX_WORKER_ROOTS</code>).
        </Notice>
      )}
    </>
  );
}
