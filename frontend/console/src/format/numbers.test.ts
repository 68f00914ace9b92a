import { describe, expect, it } from "vitest";
import { bytes, count, counted, percent, score, speed } from "./numbers";

describe("figures", () => {
  it("groups thousands and shows an absent figure as a dash", () => {
    expect(count(310000)).toBe("310,000");
    expect(count(null)).toBe("–");
    expect(count(0)).toBe("0");
  });

  it("counts one thing in the singular", () => {
    expect(counted(1, "example")).toBe("1 example");
    expect(counted(1200, "example")).toBe("1,200 examples");
    expect(counted(2, "reply", "replies")).toBe("2 replies");
  });

  it("always gives scores one decimal", () => {
    expect(score(80.43)).toBe("80.4");
    expect(score(70)).toBe("70.0");
  });

  it("rounds speed to three figures", () => {
    expect(speed(21437)).toBe("21,400");
    expect(speed(410.4)).toBe("410");
    expect(speed(7)).toBe("7");
    expect(speed(0)).toBe("0");
  });

  it("picks the unit of a size", () => {
    expect(bytes(812)).toBe("812 B");
    expect(bytes(4096)).toBe("4.1 kB");
    expect(bytes(6_204_113)).toBe("6.2 MB");
    expect(bytes(999_700)).toBe("1.0 MB");
    expect(bytes(48_000_000)).toBe("48 MB");
  });

  it("keeps progress between nothing and all", () => {
    expect(percent(34, 100)).toBe(34);
    expect(percent(120, 100)).toBe(100);
    expect(percent(5, 0)).toBe(0);
    expect(percent(5, null)).toBe(0);
  });
});
