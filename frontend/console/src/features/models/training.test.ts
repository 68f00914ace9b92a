import { expect, test } from "vitest";
import type { Job } from "../../api/types";
import { trainingOf } from "./training";

test.each([
  [{ state: "queued" }, "in training"],
  [{ state: "running" }, "in training"],
  [{ state: "running", silent: true }, "training is silent"],
  [{ state: "succeeded" }, "in training"],
  [{ state: "failed" }, "training failed"],
  [{ state: "failed", silent: true }, "training failed"],
  [{ state: "cancelled" }, "training cancelled"],
  [undefined, "not trained"],
])("a model whose job is %o: %s", (job, words) => {
  expect(trainingOf(job as Job | undefined).words).toBe(words);
});
