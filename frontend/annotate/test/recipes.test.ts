import { describe, expect, test } from "vitest";
import { excerptOf } from "../src/recipes/excerpt";
import { handBackAddress, wishOf } from "../src/recipes/handBack";

const WISH = "11111111-1111-4111-8111-111111111111";
const TEXT = "33333333-3333-4333-8333-333333333333";

describe("a form that waits for a text", () => {
  test("is known by its wish, and by nothing else", () => {
    expect(wishOf(`?for=${WISH}`)).toBe(WISH);
    expect(wishOf(`?for=${WISH}&to=https://elsewhere.example`)).toBe(WISH);
    for (const search of ["", "?for=", "?for=me", "?for=javascript:alert(1)"]) {
      expect(wishOf(search)).toBeNull();
    }
  });

  test("gets two ids at the cluster's own console, behind the # that no server sees", () => {
    const address = new URL(handBackAddress("https://console.example", WISH, TEXT));
    expect(address.origin + address.pathname).toBe("https://console.example/hand-back");
    expect(address.search).toBe("");
    expect(address.hash).toBe(`#for=${WISH}&text=${TEXT}`);
  });
});

describe("a text in a list", () => {
  test("stands there whole while it is short", () => {
    expect(excerptOf("How polite is it?")).toBeNull();
  });

  test("is cut at a whole character", () => {
    const excerpt = excerptOf("\u{1F600}".repeat(400)) ?? "";
    expect([...excerpt]).toHaveLength(281);
    expect(excerpt.endsWith("\u{1F600}…")).toBe(true);
  });
});
