import { describe, expect, it } from "vitest";
import type { Asset, Dataset } from "../../api/types";
import { shownDatasets } from "./shownDatasets";

const dataset = (id: string, examples: number) => ({ id, examples }) as Dataset;
const asset = (rows: number | null, hold_back: number, evaluation_dataset: string | null = "e1") =>
  ({ rows, hold_back, dataset: "d1", evaluation_dataset }) as Asset;

describe("shownDatasets", () => {
  const both = [dataset("d1", 0), dataset("e1", 150)];
  const ids = (assets: Asset[], datasets = both) =>
    shownDatasets(datasets, assets).map(({ id }) => id);

  it("leaves out the empty one beside a file that was held back whole", () => {
    expect(ids([asset(150, 150)])).toEqual(["e1"]);
  });

  it("keeps what is empty for now: an import on its way, or a dataset made by hand", () => {
    expect(ids([asset(150, 100)])).toEqual(["d1", "e1"]);
    expect(ids([asset(null, 0)])).toEqual(["d1", "e1"]);
    expect(ids([asset(150, 150, null)])).toEqual(["d1", "e1"]);
    expect(ids([])).toEqual(["d1", "e1"]);
  });

  it("keeps one that another file has filled", () => {
    expect(ids([asset(150, 150)], [dataset("d1", 40)])).toEqual(["d1"]);
  });
});
