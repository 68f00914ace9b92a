import { expect, test } from "vitest";
import type { Task } from "../../api/types";
import { restsOnSimulated } from "./simulated";

const answeredBy = (simulated: boolean, accepted: number, rejected = 0) =>
  ({ annotators: [{ simulated, accepted, rejected }] }) as unknown as Task;

test("work rests on simulated annotators once one of them has answered", () => {
  expect(restsOnSimulated([])).toBe(false);
  expect(restsOnSimulated([answeredBy(false, 40)])).toBe(false);
  expect(restsOnSimulated([answeredBy(true, 0)])).toBe(false);
  expect(restsOnSimulated([answeredBy(false, 40), answeredBy(true, 0, 1)])).toBe(true);
});
