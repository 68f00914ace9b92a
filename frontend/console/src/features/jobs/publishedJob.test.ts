import { describe, expect, it } from "vitest";
import { publishedJob } from "./publishedJob";

describe("a job of a published recipe", () => {
  it("names its package, and has its arguments apart", () => {
    const started = { package: "polite", package_version: "1.0.0", arguments: { upto: 3 } };
    expect(publishedJob({ arguments: { ...started, digest: "ab" } })).toEqual({
      package: "polite",
      version: "1.0.0",
      arguments: { upto: 3 },
    });
  });

  it("is told from any other", () => {
    expect(publishedJob({ arguments: { dataset: "d1", format: "jsonl" } })).toBeNull();
  });
});
