import { Bar, Notice } from "@annex/ui";
import { type DragEvent, useState } from "react";
import { type Explained, explain } from "../app/loading";
import { Card, Failed } from "../app/Page";
import { useText } from "../i18n/text";
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
  const text = useText();
  const { data } = text;
  const [share, setShare] = useState<number | null>(null);
  const [problem, setProblem] = useState<Explained | null>(null);
  const send = async (file: File | undefined) => {
    if (!file) return;
    setProblem(null);
    setShare(0);
    try {
      onChosen(await upload(asset.id, file, setShare));
    } catch (error) {
      setProblem(explain(error, text));
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
        aria-label={data.upload}
        onDragOver={(event) => event.preventDefault()}
        onDrop={drop}
      >
        <h2>{data.fromComputer}</h2>
        <p>{data.formats}</p>
        <label className={styles.file}>
          <input
            type="file"
            accept=".jsonl,.ndjson,.json,.csv,.tsv,.txt,.parquet,.conll,.conllu,.iob,.iob2,.bio,.spacy,.gz"
            disabled={share !== null}
            onChange={(event) => void send(event.target.files?.[0])}
          />
          <span>{data.chooseFile}</span>
        </label>
        <span className={styles.quiet}>{data.orDrop}</span>
        {share === null ? null : (
          <p role="status">
            <Bar label={data.upload} value={Math.round(share * 100)} max={100} />{" "}
            {text.format.percent(share)} {share === 1 ? `· ${data.readingIt}` : ""}
          </p>
        )}
      </section>
      {asset.roots.length > 0 ? (
        <Card title={data.fromFolder}>
          <PickFromRoot asset={asset} onChosen={onChosen} />
        </Card>
      ) : (
        <Notice title={data.largeFiles}>
          {data.largeFilesWhat(<code>ANNEX_WORKER_ROOTS</code>)}
        </Notice>
      )}
    </>
  );
}
