import { describe, expect, test } from "vitest";
import { routeOf } from "../src/app/route";
import type { Asset } from "../src/data/assets";
import { suggestedHoldBack } from "../src/data/holdBack";
import { wouldLose } from "../src/pages/guidelines";
import { byDataset, type Evaluation } from "../src/pages/model";
import { parsePatterns, patternOf, ruleOf, ruleProblem } from "../src/pages/rules";

describe("addresses", () => {
  const id = "97471706-964b-4436-9314-ab22fd0278c0";

  test("are one page and one id", () => {
    expect(routeOf("/")).toEqual({ page: "home" });
    expect(routeOf(`/t/${id}`)).toEqual({ page: "t", id });
    expect(routeOf(`/data/${id}/`)).toEqual({ page: "data", id });
  });

  test("of the whole cluster have no id", () => {
    expect(routeOf("/packages")).toEqual({ page: "packages" });
    expect(routeOf(`/packages/${id}`)).toEqual({ page: "unknown" });
    expect(routeOf(`/texts/${id}`)).toEqual({ page: "texts", id });
    expect(routeOf(`/streams/${id}`)).toEqual({ page: "streams", id });
  });

  test("may name an example of a task", () => {
    expect(routeOf(`/t/${id}/examples/1`)).toEqual({ page: "t", id, example: "1" });
    expect(routeOf(`/data/${id}/examples/1`)).toEqual({ page: "unknown" });
  });

  test.each(["/t", "/nothing/1", `/t/${id}/more`, "/t/..%2f..%2fadmin", "/t/<script>"])(
    "%s is no page",
    (path) => {
      expect(routeOf(path)).toEqual({ page: "unknown" });
    },
  );
});

describe("guidelines that were not saved", () => {
  const START = "## LABEL\n";
  const nothing = { markdown: "", version: 0 };
  const second = { markdown: "# Mark fields", version: 2 };

  test("are lost on leaving when they differ from what is stored, first ones too", () => {
    expect(wouldLose(`${START}Mark fields.`, START, nothing)).toBe(true);
    expect(wouldLose("# Mark values", START, second)).toBe(true);
    expect(wouldLose(START, START, second)).toBe(true);
  });

  test("are not, when nobody wrote anything or all is stored", () => {
    expect(wouldLose(START, START, nothing)).toBe(false);
    expect(wouldLose("", START, nothing)).toBe(false);
    expect(wouldLose(second.markdown, START, second)).toBe(false);
  });
});

describe("rules", () => {
  const lines = [
    { label: "FIELD", pattern: "page token" },
    { label: "FIELD", regex: "[a-z]+Token", id: "r1" },
    { label: "VALUE", pattern: [{ LOWER: "api" }, { IS_TITLE: true }] },
  ];

  test("a patterns file goes into rows and back unchanged", () => {
    const { rules, badLine } = parsePatterns(
      lines.map((line) => JSON.stringify(line)).join("\r\n"),
    );
    expect(badLine).toBeNull();
    expect(rules.map((rule) => rule.kind)).toEqual(["phrase", "regex", "tokens"]);
    expect(rules.map(patternOf)).toEqual(lines);
  });

  test("the first line that is no JSON is named", () => {
    expect(parsePatterns('{"label":"A","pattern":"x"}\n\nnonsense\n').badLine).toBe(3);
  });

  test("a row says what is missing before it is sent", () => {
    const phrase = ruleOf({ label: "", pattern: "x" });
    expect(ruleProblem(phrase)).toBe("label");
    expect(ruleProblem({ ...phrase, label: "A", kind: "tokens", text: "{" })).toBe("json");
    expect(ruleProblem({ ...phrase, label: "A", kind: "tokens", text: "{}" })).toBe("list");
    expect(ruleProblem({ ...phrase, label: "", text: "  " })).toBeNull();
  });
});

describe("holding back", () => {
  const asset = { hold_back: 0, max_hold_back: null } as Asset;

  test("a fifth, at most 500, never more than allowed, and a choice stays", () => {
    expect(suggestedHoldBack(asset, 1000)).toBe(200);
    expect(suggestedHoldBack(asset, 20_000)).toBe(500);
    expect(suggestedHoldBack({ ...asset, max_hold_back: 120 }, 1000)).toBe(120);
    expect(suggestedHoldBack({ ...asset, hold_back: 7 }, 1000)).toBe(7);
    expect(suggestedHoldBack(asset, null)).toBe(0);
  });
});

describe("evaluations of a model", () => {
  const point = (id: string, dataset: string, fraction: number) =>
    ({ id, dataset, fraction }) as Evaluation;
  const ids = (points: readonly Evaluation[]) => points.map(({ id }) => id);

  test("the largest point stands for a dataset, the curve leads up to it", () => {
    const curve = [point("c4", "held", 1), point("c1", "held", 0.25), point("c2", "held", 0.5)];
    const [held, ...rest] = byDataset(curve);
    expect(rest).toEqual([]);
    expect(held?.full.id).toBe("c4");
    expect(ids(held?.curve ?? [])).toEqual(["c1", "c2", "c4"]);
  });

  test("a dataset measured once has no curve, and the newest measure of a point counts", () => {
    const rows = [point("new", "held", 1), point("other", "else", 1), point("old", "held", 1)];
    expect(byDataset(rows).map(({ full, curve }) => [full.id, curve.length])).toEqual([
      ["new", 0],
      ["other", 0],
    ]);
  });

  test("nothing measured is nothing shown", () => {
    expect(byDataset([])).toEqual([]);
  });
});
