import { Button } from "@annex/ui";
import { useCallback, useState } from "react";
import { type Explained, explain, useLoaded } from "../app/loading";
import { Failed, Loading } from "../app/Page";
import { useText } from "../i18n/text";
import { type Asset, listRoot, pick, type RootEntry } from "./assets";
import styles from "./Data.module.css";
import { FindFiles } from "./FindFiles";

/** Walk the folders under a root and take a file where it lies. */
export function PickFromRoot({
  asset,
  onChosen,
}: {
  asset: Asset;
  onChosen: (asset: Asset) => void;
}) {
  const text = useText();
  const [root, setRoot] = useState(asset.roots[0] ?? "");
  const [folder, setFolder] = useState("");
  const [problem, setProblem] = useState<Explained | null>(null);
  const load = useCallback(() => listRoot(root, folder), [root, folder]);
  const { state, reload } = useLoaded(load);
  const take = (entry: RootEntry) => {
    if (entry.is_folder) {
      setFolder(entry.path);
      return;
    }
    pick(asset.id, root, entry.path).then(onChosen, (error) => setProblem(explain(error, text)));
  };
  return (
    <>
      <div className={styles.roots}>
        {asset.roots.map((one) => (
          <Button
            key={one}
            small
            aria-pressed={one === root}
            look={one === root ? "primary" : "plain"}
            onClick={() => {
              setRoot(one);
              setFolder("");
            }}
          >
            {one}
          </Button>
        ))}
        {folder ? (
          <Button
            small
            look="quiet"
            onClick={() => setFolder(folder.split("/").slice(0, -1).join("/"))}
          >
            ↑ {folder}
          </Button>
        ) : null}
      </div>
      {problem ? <Failed problem={problem} /> : null}
      {state.kind === "loading" ? <Loading /> : null}
      {state.kind === "failed" ? <Failed problem={state.problem} onRetry={reload} /> : null}
      {state.kind === "ready" ? (
        <>
          <Entries entries={state.value.entries} onTake={take} />
          {state.value.is_cut ? <p className={styles.quiet}>{text.data.listingCut}</p> : null}
        </>
      ) : null}
      <FindFiles asset={asset} root={root} folder={folder} onChosen={onChosen} />
    </>
  );
}

function Entries({
  entries,
  onTake,
}: {
  entries: readonly RootEntry[];
  onTake: (entry: RootEntry) => void;
}) {
  const { data, format } = useText();
  if (entries.length === 0) return <p>{data.emptyFolder}</p>;
  return (
    <ul className={styles.entries}>
      {entries.map((entry) => (
        <li key={entry.path}>
          <button type="button" onClick={() => onTake(entry)}>
            <bdi translate="no">
              {entry.name}
              {entry.is_folder ? "/" : ""}
            </bdi>
            <span>{entry.size_bytes === null ? "" : format.bytes(entry.size_bytes)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
