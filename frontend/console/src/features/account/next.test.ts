import { describe, expect, it } from "vitest";
import { safeNext, signInAddress } from "./next";

describe("safeNext", () => {
  it.each([
    ["/authorize?cluster=1&state=%2Ft%2F2", "/authorize?cluster=1&state=%2Ft%2F2"],
    ["/northwind/projects", "/northwind/projects"],
    ["//evil.example/x", "/"],
    ["/\\evil.example", "/"],
    ["https://evil.example", "/"],
    ["javascript:alert(1)", "/"],
    ["/\t/evil.example", "/"],
    [undefined, "/"],
  ])("reads %s as %s", (next, path) => {
    expect(safeNext(next)).toBe(path);
  });

  it("remembers where the person was", () => {
    expect(signInAddress({ pathname: "/n/audit", search: "?a=1" })).toBe(
      "/sign-in?next=%2Fn%2Faudit%3Fa%3D1",
    );
  });
});
