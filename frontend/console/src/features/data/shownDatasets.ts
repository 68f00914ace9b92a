import type { Asset, Dataset } from "../../api/types";

/**
 * The datasets without the ones that only exist on paper: every import names a dataset to train on,
 * and when the whole file was held back, nothing will ever come into it from there.
 */
export function shownDatasets(datasets: Dataset[], assets: Asset[]): Dataset[] {
  const heldBackWhole = new Set(assets.filter(isHeldBackWhole).map(({ dataset }) => dataset));
  return datasets.filter(({ id, examples }) => examples > 0 || !heldBackWhole.has(id));
}

function isHeldBackWhole({ rows, hold_back, evaluation_dataset }: Asset): boolean {
  return evaluation_dataset !== null && rows !== null && rows > 0 && hold_back >= rows;
}
