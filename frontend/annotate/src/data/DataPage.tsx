import { Blank, Button, Notice } from "@annex/ui";
import { useCallback, useState } from "react";
import { useLoaded } from "../app/loading";
import { Card, Failed, Loading, Page } from "../app/Page";
import { type Asset, getAsset, isRefused } from "./assets";
import { ChooseFile } from "./ChooseFile";
import { MapFile } from "./MapFile";
import { ProblemList } from "./ProblemList";

/** `/data/<asset>`: choose a file, see what was understood, hold some back, confirm. */
export default function DataPage({ id }: { id: string }) {
  const load = useCallback(() => getAsset(id), [id]);
  const { state, reload, put } = useLoaded(load);
  const [replacing, setReplacing] = useState(false);
  if (state.kind === "loading") {
    return (
      <Page title="Data">
        <Loading />
      </Page>
    );
  }
  if (state.kind === "failed") {
    return (
      <Page title="Data">
        <Failed problem={state.problem} onRetry={reload} />
      </Page>
    );
  }
  const asset = state.value;
  const chosen = (next: Asset) => {
    setReplacing(false);
    put(next);
  };
  return (
    <Page
      title={asset.name}
      lead={LEADS[replacing ? "empty" : isRefused(asset) ? "refused" : asset.state]}
    >
      {asset.state === "ready" && !isRefused(asset) ? (
        <Confirmed asset={asset} />
      ) : asset.file && !replacing ? (
        <MapFile
          key={asset.file.name}
          asset={asset}
          onConfirmed={put}
          onReplace={() => setReplacing(true)}
        />
      ) : (
        <>
          <ChooseFile asset={asset} onChosen={chosen} />
          {asset.file ? (
            <p>
              <Button small onClick={() => setReplacing(false)}>
                Keep {asset.file.name}
              </Button>
            </p>
          ) : null}
        </>
      )}
    </Page>
  );
}

const LEADS: Record<string, string> = {
  empty: "Choose the file with your texts. It stays on this cluster: only counts leave it.",
  uploaded: "This is how the file will be read. Look at it, change what is not right, confirm.",
  refused:
    "Nothing of this file was imported. Leave the bad rows out, read it otherwise, or bring another file.",
  ready: "Confirmed. It is being imported; the console shows how far it is.",
};

function Confirmed({ asset }: { asset: Asset }) {
  return (
    <>
      <Notice kind="good" title="This data is confirmed">
        {asset.file ? (
          <>
            <bdi translate="no">{asset.file.name}</bdi>
            {asset.file.rows === null ? "" : `, ${asset.file.rows.toLocaleString("en")} rows`}.{" "}
          </>
        ) : null}
        {asset.hold_back > 0
          ? `${asset.hold_back.toLocaleString("en")} examples are held back for evaluation.`
          : "No examples are held back."}{" "}
        Go back to the console to follow the import and to start annotating.
      </Notice>
      {asset.problems_count > 0 ? (
        <Card title="Rows that were left out" aside={`${asset.problems_count} by line`}>
          <ProblemList asset={asset.id} />
        </Card>
      ) : (
        <Blank title="Every row was understood">Nothing was left out.</Blank>
      )}
    </>
  );
}
