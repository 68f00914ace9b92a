import { describe, expect, it } from "vitest";
import { askAt, handBack, handedOf, onHanded } from "./handBack";

const WISH = "11111111-1111-4111-8111-111111111111";
const OTHER = "22222222-2222-4222-8222-222222222222";
const TEXT = "33333333-3333-4333-8333-333333333333";

describe("what a cluster's page hands back", () => {
  it("is read from behind the address's #", () => {
    expect(handedOf(`#for=${WISH}&text=${TEXT}`)).toEqual({ wish: WISH, text: TEXT });
  });

  it.each(["", `#for=${WISH}`, `#for=${WISH}&text=hello`, `#for=me&text=${TEXT}`])(
    "is nothing but ids: %j",
    (hash) => {
      expect(handedOf(hash)).toBeNull();
    },
  );

  it("is asked for under a wish", () => {
    expect(askAt("https://a.example/texts/p1", WISH)).toBe(
      `https://a.example/texts/p1?for=${WISH}`,
    );
  });
});

describe("a waiting form", () => {
  it("takes what it wished for, and that alone", async () => {
    const taken: string[] = [];
    const stop = onHanded(WISH, (text) => taken.push(text));
    expect(await handBack({ wish: OTHER, text: OTHER })).toBe(false);
    expect(await handBack({ wish: WISH, text: TEXT })).toBe(true);
    stop();
    expect(await handBack({ wish: WISH, text: TEXT })).toBe(false);
    expect(taken).toEqual([TEXT]);
  });

  it("takes no text, whoever says it", async () => {
    const taken: string[] = [];
    const stop = onHanded(WISH, (text) => taken.push(text));
    expect(await handBack({ wish: WISH, text: "what the patient said" })).toBe(false);
    stop();
    expect(taken).toEqual([]);
  });
});
