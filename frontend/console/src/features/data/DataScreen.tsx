import { Button, Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { assetsQuery, datasetsQuery } from "../../api/assets";
import type { Asset, AssetKind } from "../../api/types";
import { EmptyState } from "../../components/EmptyState";
import { Loaded } from "../../components/Loaded";
import { Page } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { useProjectPlace } from "../../shell/place";
import { AssetTable } from "./AssetTable";
import { ASSET_KINDS } from "./assetWords";
import { DatasetTable } from "./DatasetTable";
import { shownDatasets } from "./shownDatasets";
import { useAddAsset } from "./useAddAsset";

const KINDS: AssetKind[] = ["data", "patterns", "guidelines"];

/** Files, rules and guidelines by name; what is in them is on the cluster only. */
export function DataScreen() {
  const { organization, project } = useProjectPlace();
  const assets = useQuery(assetsQuery(organization, project));
  const datasets = useQuery(datasetsQuery(organization, project));
  return (
    <Page
      title="Data"
      lead="Files, rules and guidelines open on your own cluster, in a new tab, because their text never leaves it. Here you see names, counts and states."
    >
      <Panel title="Assets" action={<AddButtons assets={assets.data ?? []} />}>
        <Loaded query={assets}>{(rows) => <Assets assets={rows} />}</Loaded>
      </Panel>
      <Panel title="Datasets" note="What was imported, and what is held back for measuring">
        <Loaded query={datasets}>
          {(rows) => <DatasetTable datasets={shownDatasets(rows, assets.data ?? [])} />}
        </Loaded>
      </Panel>
    </Page>
  );
}

function AddButtons({ assets }: { assets: Asset[] }) {
  const { add, isPending } = useAddAsset(assets);
  return (
    <Group gap="xs">
      {KINDS.map((kind) => (
        <Button
          key={kind}
          size="xs"
          variant={kind === "data" && assets.length === 0 ? "filled" : "default"}
          disabled={isPending}
          onClick={() => add(kind)}
        >
          {ASSET_KINDS[kind].add}
        </Button>
      ))}
    </Group>
  );
}

function Assets({ assets }: { assets: Asset[] }) {
  if (assets.length > 0) return <AssetTable assets={assets} />;
  return (
    <EmptyState title="No data yet">
      Add data: your cluster's page opens, you choose a JSONL, CSV or TXT file from your laptop or a
      folder on the cluster, and say how many examples to hold back.
      <Text fz="sm" mt="xs">
        Rules are patterns that mark text without training; they are the baseline to beat.
      </Text>
    </EmptyState>
  );
}
