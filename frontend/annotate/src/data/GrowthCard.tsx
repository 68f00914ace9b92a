import { Button, Notice } from "@annex/ui";
import { useCallback, useState } from "react";
import { type Explained, explain, useLoaded } from "../app/loading";
import { Card, Failed, Loading } from "../app/Page";
import { useText } from "../i18n/text";
import { type Asset, type Growth, getGrowth, importAgain } from "./assets";
import styles from "./Data.module.css";

export interface GrowthCardProps {
  asset: Asset;
  onAsked: (asset: Asset) => void;
}

/** What was added to the files since the last import, and the button that imports it. */
export function GrowthCard({ asset, onAsked }: GrowthCardProps) {
  const text = useText();
  const load = useCallback(() => getGrowth(asset.id), [asset.id]);
  const { state, reload } = useLoaded(load);
  const [problem, setProblem] = useState<Explained | null>(null);
  const [busy, setBusy] = useState(false);
  const ask = (whole: boolean) => {
    setBusy(true);
    setProblem(null);
    importAgain(asset.id, whole)
      .then(onAsked, (error) => setProblem(explain(error, text)))
      .finally(() => setBusy(false));
  };
  return (
    <Card title={text.data.sinceImport}>
      {state.kind === "loading" ? <Loading /> : null}
      {state.kind === "failed" ? <Failed problem={state.problem} onRetry={reload} /> : null}
      {state.kind === "ready" ? <Found growth={state.value} busy={busy} onAsk={ask} /> : null}
      {problem ? <Failed problem={problem} /> : null}
    </Card>
  );
}

interface FoundProps {
  growth: Growth;
  busy: boolean;
  onAsk: (whole: boolean) => void;
}

function Found({ growth, busy, onAsk }: FoundProps) {
  const { data, format } = useText();
  const { rows, new_files, grown_files, rewritten_files } = growth;
  if (new_files + grown_files + rewritten_files === 0) return <p>{data.nothingNew}</p>;
  return (
    <>
      {new_files + grown_files > 0 ? (
        <Notice
          title={data.newRows(rows)}
          actions={
            <Button small look="primary" disabled={busy} onClick={() => onAsk(false)}>
              {data.importNew}
            </Button>
          }
        >
          {data.newIn(new_files, grown_files)}, {format.bytes(growth.size_bytes)}.{" "}
          {data.heldBackStays}
        </Notice>
      ) : null}
      {rewritten_files > 0 ? (
        <Notice
          kind="warn"
          title={data.rewritten(rewritten_files)}
          actions={
            <Button small disabled={busy} onClick={() => onAsk(true)}>
              {data.importAll}
            </Button>
          }
        >
          <ul className={styles.found}>
            {growth.rewritten.filter(Boolean).map((name) => (
              <li key={name}>
                <bdi translate="no">{name}</bdi>
              </li>
            ))}
          </ul>
          {data.rewrittenWhat}
        </Notice>
      ) : null}
    </>
  );
}
