import { describe, expect, it } from "vitest";
import { atLeast } from "./place";

describe("atLeast", () => {
  it("orders the five roles", () => {
    expect(atLeast("owner", "admin")).toBe(true);
    expect(atLeast("developer", "developer")).toBe(true);
    expect(atLeast("reviewer", "developer")).toBe(false);
    expect(atLeast("annotator", "owner")).toBe(false);
  });
});
