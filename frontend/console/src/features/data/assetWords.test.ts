import { describe, expect, it } from "vitest";
import { freeName } from "./assetWords";

describe("freeName", () => {
  it("counts up past the names that are taken", () => {
    expect(freeName([], "data")).toBe("Examples");
    expect(freeName([{ name: "Examples" }], "data")).toBe("Examples 2");
    expect(freeName([{ name: "Rules" }, { name: "Rules 2" }], "patterns")).toBe("Rules 3");
  });
});
