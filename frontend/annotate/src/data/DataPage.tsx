import { Blank, Button, Notice } from "@annex/ui";
import { useCallback, useEffect, useState } from "react";
import { useLoaded } from "../app/loading";
import { Card, Failed, Loading, Page } from "../app/Page";
import { useText } from "../i18n/text";
import { type Asset, getAsset, isRefused, stageOf } from "./assets";
import { ChooseFile } from "./ChooseFile";
import { GrowthCard, type GrowthCardProps } from "./GrowthCard";
import { MapFile } from "./MapFile";
import { ProblemList } from "./ProblemList";

/** `/data/<asset>`: choose a file, see what was understood, hold some back, confirm. */
export default function DataPage({ id }: { id: string }) {
  const { data } = useText();
  const load = useCallback(() => getAsset(id), [id]);
  const { state, reload, put } = useLoaded(load);
  const [replacing, setReplacing] = useState(false);
  useImportFollowed(state.kind === "ready" ? state.value : null, reload);
  if (state.kind === "loading") {
    return (
      <Page title={data.title}>
        <Loading />
      </Page>
    );
  }
  if (state.kind === "failed") {
    return (
      <Page title={data.title}>
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
    <Page title={asset.name} lead={data.leads[replacing ? "empty" : stageOf(asset)]}>
      {asset.state === "ready" && !isRefused(asset) ? (
        <Confirmed asset={asset} onAsked={put} />
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
                {data.keepFile(asset.file.name)}
              </Button>
            </p>
          ) : null}
        </>
      )}
    </Page>
  );
}

const LOOK_EVERY_MS = 2000;

/** Look again while the file is on its way in, so that the page says when it has arrived. */
function useImportFollowed(asset: Asset | null, look: () => void): void {
  const isImporting = asset !== null && stageOf(asset) === "importing";
  useEffect(() => {
    if (!isImporting) return;
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [isImporting, look]);
}

function Confirmed({ asset, onAsked }: GrowthCardProps) {
  const { data } = useText();
  const isImported = stageOf(asset) === "ready";
  return (
    <>
      <Notice kind="good" title={isImported ? data.imported : data.confirmed}>
        {asset.file ? (
          <>
            <bdi translate="no">{asset.file.name}</bdi>
            {asset.file.rows === null ? "" : `, ${data.rows(asset.file.rows)}`}.{" "}
          </>
        ) : null}
        {asset.hold_back > 0 ? data.heldBack(asset.hold_back) : data.noneHeldBack}{" "}
        {isImported ? data.goBack : null}
      </Notice>
      {isImported && asset.file?.root ? <GrowthCard asset={asset} onAsked={onAsked} /> : null}
      {asset.problems_count > 0 ? (
        <Card title={data.leftOut} aside={data.byLineCount(asset.problems_count)}>
          <ProblemList asset={asset.id} format={asset.plan?.format} />
        </Card>
      ) : (
        <Blank title={data.allUnderstood}>{data.nothingLeftOut}</Blank>
      )}
    </>
  );
}
