import type { Asset } from "./assets";

const SHARE = 0.2;
const ENOUGH = 500;

/** A fifth, but no more than 500: beyond that the score gets hardly any sharper. */
export function suggestedHoldBack(asset: Asset, rows: number | null): number {
  if (asset.hold_back > 0) return asset.hold_back;
  const fifth = rows === null ? 0 : Math.round(rows * SHARE);
  return Math.min(fifth, ENOUGH, asset.max_hold_back ?? ENOUGH);
}
