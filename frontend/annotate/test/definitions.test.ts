import { expect, it } from "vitest";
import { isSame, linesOf } from "../src/pages/definitions";

it("reads examples one a line, without blanks and repeats", () => {
  expect(linesOf(" NextToken \n\nNextToken\nMaxItems\r\n")).toEqual(["NextToken", "MaxItems"]);
});

it("offers to save only what differs", () => {
  const stored = { id: "1", name: "FIELD", colour: "#1f6f5c", text: "A name.", counts: ["a", "b"] };
  const label = { ...stored, counts_not: [] };
  expect(isSame({ text: "A name. ", counts: "a\nb\n", countsNot: "" }, label)).toBe(true);
  expect(isSame({ text: "A name.", counts: "b\na", countsNot: "" }, label)).toBe(false);
});
