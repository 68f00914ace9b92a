import { describe, expect, it } from "vitest";
import type { BoardRow, LabelScore } from "../../api/types";
import { weakestLabel } from "./weakest";

const label = (name: string, f: number | null, suppressed = false) =>
  ({ label: name, name, f, suppressed }) as LabelScore;
const row = (kind: BoardRow["kind"], f: number | null, per_label: LabelScore[]) =>
  ({ kind, f, per_label }) as BoardRow;

describe("weakestLabel", () => {
  it("looks at the best model and leaves suppressed labels out", () => {
    const best = row("model", 80, [label("A", 90), label("B", 66), label("C", 10, true)]);
    const found = weakestLabel([
      row("rules", 95, [label("A", 1), label("B", 2)]),
      row("model", 70, [label("A", 5), label("B", 6)]),
      best,
    ]);
    expect(found?.row).toBe(best);
    expect(found?.label.name).toBe("B");
  });

  it("says nothing where there is nothing to compare", () => {
    expect(weakestLabel([])).toBeNull();
    expect(weakestLabel([row("model", 80, [label("A", 90)])])).toBeNull();
    expect(weakestLabel([row("model", null, [label("A", 90), label("B", 1)])])).toBeNull();
  });
});
