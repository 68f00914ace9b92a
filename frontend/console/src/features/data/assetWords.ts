import type { Asset, AssetKind } from "../../api/types";

interface KindWords {
  name: string;
  /** What a new one is called until someone calls it otherwise. */
  defaultName: string;
  add: string;
  waiting: string;
  open: string;
}

export const ASSET_KINDS: Record<AssetKind, KindWords> = {
  data: {
    name: "Data",
    defaultName: "Examples",
    add: "Add data",
    waiting: "waiting for its file",
    open: "Choose the file",
  },
  patterns: {
    name: "Rules",
    defaultName: "Rules",
    add: "Write rules",
    waiting: "waiting for its patterns",
    open: "Write the patterns",
  },
  guidelines: {
    name: "Guidelines",
    defaultName: "Guidelines",
    add: "Write guidelines",
    waiting: "waiting for its text",
    open: "Write the text",
  },
};

/** "Examples", then "Examples 2", so that one click is enough. */
export function freeName(assets: Pick<Asset, "name">[], kind: AssetKind): string {
  const base = ASSET_KINDS[kind].defaultName;
  const taken = new Set(assets.map(({ name }) => name));
  if (!taken.has(base)) return base;
  let number = 2;
  while (taken.has(`${base} ${number}`)) number += 1;
  return `${base} ${number}`;
}
