import { afterEach, beforeEach, expect, test } from "vitest";
import { applyLabel, moveCaret, Records, Saver, Workbench } from "../src";
import { exampleOf, memoryStorage, TASK, until, WorkerServer } from "./worker";

let worker: WorkerServer;
let storage = memoryStorage();
const open: Workbench[] = [];

async function started(): Promise<Workbench> {
  const api = worker.api();
  const records = new Records(storage, "me");
  const saver = new Saver(api, records, { baseDelayMs: 10 });
  const bench = new Workbench(api, records, saver, { draftDelayMs: 1 });
  open.push(bench);
  await bench.start();
  return bench;
}

/** Two examples answered, the first opened again and given a mark. */
async function changed(): Promise<Workbench> {
  const bench = await started();
  bench.submit("accept");
  bench.submit("accept");
  await until(() => worker.answers.size === 2);
  bench.undo();
  bench.undo();
  bench.edit((editor) => applyLabel(moveCaret(editor, 1), "l1"));
  return bench;
}

const MARK = { start: 0, end: 4, label: "l1" };
const opened = (bench: Workbench) => {
  const { hand } = bench.state.get();
  return [hand?.editor.example.id, hand?.verdict, hand?.editor.content.spans];
};
const isChanged = (bench: Workbench) => (bench.state.get().hand?.editor.past.length ?? 0) > 0;
const keptDraft = () => new Records(storage, "me").draft(TASK, "e0");

beforeEach(async () => {
  worker = await WorkerServer.start();
  storage = memoryStorage();
  worker.examples = Array.from({ length: 9 }, (_, at) => exampleOf(`e${at}`, `word number ${at}`));
});
afterEach(async () => {
  for (const bench of open.splice(0)) bench.close();
  await worker.stop();
});

test("a change of an answer is there again after redo and undo", async () => {
  const bench = await changed();
  bench.redo();
  expect(opened(bench)[0]).toBe("e1");
  bench.undo();
  expect(opened(bench)).toEqual(["e0", "accept", [MARK]]);
  expect(isChanged(bench)).toBe(true);
});

test("and after another answer was opened", async () => {
  const bench = await changed();
  await bench.reopen("e1");
  await bench.reopen("e0");
  expect(opened(bench)).toEqual(["e0", "accept", [MARK]]);
});

test("and after a reload; answering again sends it, and then nothing is kept", async () => {
  (await changed()).close();
  worker.releaseAll();
  const bench = await started();
  await bench.reopen("e0");
  expect(opened(bench)).toEqual(["e0", "accept", [MARK]]);
  expect(isChanged(bench)).toBe(true);
  bench.submit("accept");
  await until(() => [...worker.answers.values()].some((one) => one.spans.length === 1));
  expect(keptDraft()).toBeNull();
});

test("it is no draft of the worker's", async () => {
  const bench = await changed();
  await new Promise((resolve) => setTimeout(resolve, 20));
  bench.redo();
  bench.close();
  await until(() => worker.requests.includes("POST /release"));
  expect(worker.requests.filter((one) => one.startsWith("PUT /drafts"))).toEqual([]);
});

test("taken back or left on purpose, it is gone", async () => {
  const bench = await changed();
  bench.undo();
  expect([opened(bench)[2], keptDraft()]).toEqual([[], null]);
  bench.redo();
  expect(keptDraft()).toMatchObject({ spans: [MARK] });
  bench.leave();
  expect(keptDraft()).toBeNull();
  await bench.reopen("e0");
  expect([opened(bench)[2], isChanged(bench)]).toEqual([[], false]);
});
