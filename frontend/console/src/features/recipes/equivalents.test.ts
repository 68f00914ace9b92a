import { describe, expect, it } from "vitest";
import type { Values } from "./drafts";
import {
  type AskedTask,
  asCommand,
  asJobCommand,
  asJobPython,
  asPython,
  literal,
  quoted,
} from "./equivalents";
import { flagsFor } from "./flags";
import cases from "./flags.cases.json";

const TASK: AskedTask = {
  organization: "acme",
  project: "p1",
  title: "Ada's check",
  recipe: "polite.check.v1",
  exclusive: false,
  evaluation_dataset: null,
  labels: ["l1", "l2"],
  annotators: ["m1"],
  blind: true,
  guidelines: null,
  overlap: 2,
  arguments: { limits: [{ low: 1, high: null }], note: "it's" },
};

describe("the equivalent command", () => {
  it.each(cases)("spells $values", ({ values, flags }) => {
    expect(flagsFor(values as Values)).toEqual(flags);
  });

  it("has an option a line, and the recipe's own flags at its end", () => {
    expect(asCommand(TASK)).toBe(
      [
        `annex tasks create 'Ada'"'"'s check'`,
        "--project p1",
        "--recipe polite.check.v1",
        "--label l1",
        "--label l2",
        "--annotator m1",
        "--blind",
        "--overlap 2",
        "--",
        "--limits.0.low=1",
        "--limits.0.no-high",
        `'--note=it'"'"'s'`,
      ].join(" \\\n  "),
    );
  });

  it("starts a job", () => {
    const job = { ...TASK, recipe: "stats.v1" };
    expect(asJobCommand(job)).toBe(
      [
        "annex jobs run stats.v1",
        "--project p1",
        "--",
        "--limits.0.low=1",
        "--limits.0.no-high",
        `'--note=it'"'"'s'`,
      ].join(" \\\n  "),
    );
    expect(asJobCommand({ ...job, arguments: {} })).toBe(
      "annex jobs run stats.v1 \\\n  --project p1",
    );
  });

  it("quotes what a shell would read otherwise", () => {
    expect(["a-b.v1", "a b", "$HOME", ""].map(quoted)).toEqual([
      "a-b.v1",
      "'a b'",
      "'$HOME'",
      "''",
    ]);
  });
});

describe("the equivalent Python", () => {
  it("calls the client", () => {
    expect(asPython({ ...TASK, dataset: "d1", guidelines: "g1", exclusive: true })).toBe(
      `client.organization("acme").project("p1").tasks.create(
    "Ada's check",
    recipe="polite.check.v1",
    dataset="d1",
    guidelines="g1",
    exclusive=True,
    blind=True,
    overlap=2,
    labels=["l1", "l2"],
    annotators=["m1"],
    arguments={"limits": [{"low": 1, "high": None}], "note": "it's"},
)`,
    );
  });

  it("starts a job", () => {
    const job = { organization: "acme", project: "p1", recipe: "stats.v1" };
    expect(asJobPython({ ...job, arguments: { upto: 5 } })).toBe(
      `client.organization("acme").project("p1").jobs.start(
    "stats.v1",
    {"upto": 5},
)`,
    );
    expect(asJobPython({ ...job, arguments: {} })).toContain('    "stats.v1",\n    {},\n');
  });

  it("breaks what is long over lines", () => {
    const long = Array.from({ length: 3 }, () => "x".repeat(30));
    expect(literal({ list: long })).toBe(
      `{\n    "list": [\n${long.map((each) => `        "${each}",\n`).join("")}    ],\n}`,
    );
  });
});
