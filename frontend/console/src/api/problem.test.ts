import { describe, expect, it } from "vitest";
import { cursorOf } from "./client";
import { asProblem, problemOf } from "./problem";
import { signInProblem } from "./session";

describe("problems", () => {
  it("keeps what happened, what to do and the fields", () => {
    const problem = problemOf(422, {
      code: "label.duplicate",
      title: "Two labels have the same name.",
      detail: "FIELD is there twice.",
      what_to_do: "Rename one of them.",
      errors: [{ field: "labels.1.name", message: "Already used." }],
    });
    expect(problem.code).toBe("label.duplicate");
    expect(problem.whatToDo).toBe("Rename one of them.");
    expect(problem.fields).toEqual([{ field: "labels.1.name", message: "Already used." }]);
  });

  it("does not say the same sentence twice", () => {
    expect(problemOf(404, { title: "Not here.", detail: "Not here." }).detail).toBe("");
  });

  it("reads an answer of a proxy as unreadable, not as a crash", () => {
    expect(problemOf(502, "<html>").code).toBe("answer.unreadable");
    expect(asProblem(new TypeError("boom")).code).toBe("network.unreachable");
  });

  it("places allauth's errors at their fields", () => {
    const problem = signInProblem(400, {
      errors: [{ message: "Enter a valid email address.", param: "email" }],
    });
    expect(problem.fields).toEqual([{ field: "email", message: "Enter a valid email address." }]);
  });
});

describe("cursorOf", () => {
  it("takes the cursor and leaves the address", () => {
    expect(cursorOf("https://elsewhere.example/api/v1/x?page_size=2&cursor=abc%3D")).toBe("abc=");
    expect(cursorOf("/api/v1/x")).toBeUndefined();
    expect(cursorOf(null)).toBeUndefined();
  });
});
