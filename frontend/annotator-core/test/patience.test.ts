import { describe, expect, test } from "vitest";
import { RefusedError, UnreachableError } from "../src/http";
import { patiently } from "../src/patience";

const notHere = new RefusedError({ status: 404, code: "resource.not_found", title: "Not here" });

/** Fails with each of the errors in turn, then gives "here". */
function after(...errors: Error[]): () => Promise<string> {
  return async () => {
    const error = errors.shift();
    if (error) throw error;
    return "here";
  };
}

describe("patiently", () => {
  test("asks again while the cluster has not heard of it", async () => {
    expect(await patiently(after(notHere, notHere), { everyMs: 1 })).toBe("here");
  });

  test("says at last that it is not here", async () => {
    const load = after(notHere, notHere, notHere);
    await expect(patiently(load, { forMs: 0 })).rejects.toBe(notHere);
  });

  test("does not ask again for another reason", async () => {
    const gone = new UnreachableError(503, null);
    await expect(patiently(after(gone), { everyMs: 1 })).rejects.toBe(gone);
  });
});
