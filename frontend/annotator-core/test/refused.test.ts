/** What the task's recipe does not take: its words, and the answer open again as it was. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { applyLabel, moveCaret, Records, Saver, Workbench } from "../src";
import { answer, exampleOf, memoryStorage, until, WorkerServer } from "./worker";

let worker: WorkerServer;
let bench: Workbench;
const current = () => bench.state.get().hand?.editor.example.id;

beforeEach(async () => {
  worker = await WorkerServer.start();
  worker.examples = ["e0", "e1", "e2"].map((id) => exampleOf(id, `word of ${id}`));
  const records = new Records(memoryStorage(), "me");
  const saver = new Saver(worker.api(), records, { baseDelayMs: 10 });
  bench = new Workbench(worker.api(), records, saver, { draftDelayMs: 5 });
});
afterEach(async () => {
  bench.close();
  await worker.stop();
});

const refuse = (isWrong: (body: { verdict: string; spans: unknown[] }) => boolean) => {
  worker.fault = (request, response, body) => {
    if (request.method !== "PUT" || !request.url?.includes("/answers/")) return false;
    if (!isWrong(JSON.parse(body))) return false;
    answer(response, 400, { code: "answer.refused", title: "Not taken", detail: "Mark two." });
    return true;
  };
};
const refusal = async () => {
  await until(() => bench.saver.state.get().refusals.length === 1);
  const [only] = bench.saver.state.get().refusals;
  if (!only) throw new Error("nothing was refused");
  return only;
};

test("is open again with its marks, in the recipe's words, and saved once it fits", async () => {
  refuse(({ verdict }) => verdict === "accept");
  await bench.start();
  bench.edit((editor) => applyLabel(moveCaret(editor, 1), "l1"));
  bench.submit("accept");
  expect(current()).toBe("e1");
  const refused = await refusal();
  expect(refused.detail).toBe("Mark two.");
  await bench.answerAgain(refused);
  const { hand, submitted } = bench.state.get();
  expect([current(), hand?.verdict, hand?.editor.content.spans.length]).toEqual(["e0", null, 1]);
  expect([submitted.length, bench.saver.state.get().refusals.length]).toEqual([0, 0]);
  bench.submit("reject");
  await until(() => worker.answers.size === 1);
  expect([...worker.answers.values()]).toMatchObject([{ example: "e0", verdict: "reject" }]);
  expect(current()).toBe("e1");
});

test("leaves an answer that was saved before as it was saved", async () => {
  await bench.start();
  bench.submit("accept");
  await until(() => worker.answers.size === 1);
  refuse(({ verdict }) => verdict === "ignore");
  bench.undo();
  bench.submit("ignore");
  await bench.answerAgain(await refusal());
  expect([current(), bench.state.get().hand?.verdict]).toEqual(["e0", "ignore"]);
  bench.submit("reject");
  await until(() => [...worker.answers.values()][0]?.verdict === "reject");
  expect([...worker.answers.values()]).toMatchObject([{ version: 2 }]);
});
