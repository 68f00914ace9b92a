import { expect, test } from "vitest";
import { joiningOf } from "./joining";

test.each([
  [false, false, "make account"],
  [false, true, "make account"],
  [true, false, "sign in"],
  [true, true, "join"],
] as const)("with an account: %s, signed in: %s, one has to %s", (has_account, signedIn, what) => {
  expect(joiningOf({ has_account }, signedIn)).toBe(what);
});
