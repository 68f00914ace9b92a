import type { Asset } from "../../api/types";
import { ClusterLink } from "../../components/ClusterLink";
import { Mark } from "../../components/Mark";
import { type Column, Rows } from "../../components/Rows";
import { bytes, count } from "../../format/numbers";
import { ASSET_KINDS } from "./assetWords";

const COLUMNS: Column<Asset>[] = [
  { title: "Name", cell: ({ name }) => <b>{name}</b> },
  { title: "Kind", cell: ({ kind }) => ASSET_KINDS[kind].name, wideOnly: true },
  { title: "State", cell: (asset) => <State asset={asset} /> },
  { title: "Rows", figures: true, cell: ({ rows }) => count(rows) },
  { title: "Held back", figures: true, wideOnly: true, cell: heldBack },
  {
    title: "Size",
    figures: true,
    wideOnly: true,
    cell: ({ state, size_bytes }) => bytes(state === "empty" ? null : size_bytes),
  },
  {
    title: "Open",
    silent: true,
    cell: (asset) => <ClusterLink url={asset.cluster_url}>{openWords(asset)}</ClusterLink>,
  },
];

export function AssetTable({ assets }: { assets: Asset[] }) {
  return <Rows caption="Assets" columns={COLUMNS} rows={assets} rowKey={({ id }) => id} />;
}

function heldBack({ kind, hold_back }: Asset): string {
  return kind === "data" ? count(hold_back) : "–";
}

function openWords({ state, kind }: Asset): string {
  return state === "ready" ? "Open" : ASSET_KINDS[kind].open;
}

function State({ asset: { state, kind, version } }: { asset: Asset }) {
  if (state === "ready")
    return <Mark tone="good">{version > 1 ? `ready, v${version}` : "ready"}</Mark>;
  if (state === "uploaded") return <Mark tone="warn">to be confirmed on the cluster</Mark>;
  return <Mark tone="warn">{ASSET_KINDS[kind].waiting}</Mark>;
}
