import { describe, expect, it } from "vitest";
import { problemOf } from "../../api/problem";
import { CASES, field } from "./cases";
import { firstDrafts } from "./drafts";
import { argumentErrors, errorsBeside, isPlaced, placesOf } from "./places";

const REFUSED = problemOf(400, {
  title: "Some of what was sent is not valid",
  errors: [
    { field: "title", message: "Too long." },
    { field: "arguments.limits.0.low", message: "Input should be greater than or equal to 0." },
    { field: "arguments.limits", message: "Too many." },
  ],
});

describe("errors of arguments", () => {
  it("are told by the place of their input", () => {
    expect(argumentErrors(REFUSED)).toEqual({
      "limits.0.low": "Input should be greater than or equal to 0.",
      limits: "Too many.",
    });
    expect(argumentErrors(null)).toEqual({});
  });

  it("need no words beside them once each has its place", () => {
    const places = ["title", "arguments.limits", "arguments.limits.0.low"];
    expect(isPlaced(REFUSED, places)).toBe(true);
    expect(isPlaced(REFUSED, places.slice(1))).toBe(false);
    expect(isPlaced(problemOf(403, { title: "No" }), places)).toBe(false);
  });

  it("go when what they speak of is changed", () => {
    const errors = { "limits.0.low": "a", limits: "b", limitsetter: "c" };
    expect(errorsBeside(errors, "limits")).toEqual({ limitsetter: "c" });
  });

  it("have a place at every input, however deep", () => {
    const fields = Object.entries(CASES).map(([kind, { type }]) => field(kind, type));
    const values = Object.fromEntries(
      Object.entries(CASES).map(([kind, { value }]) => [kind, value]),
    );
    const places = placesOf(fields, firstDrafts(fields, values));
    expect(places).toEqual(expect.arrayContaining(Object.keys(CASES)));
    expect(places).toEqual(
      expect.arrayContaining(["list.0", "list.0.1", "list.1", "group.low", "variant.top"]),
    );
  });
});
