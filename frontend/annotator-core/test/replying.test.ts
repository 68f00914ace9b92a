import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  annotationOf,
  type Draft,
  decided,
  type Editor,
  forgetWordsOfOthers,
  openEditor,
  pickOption,
  type Question,
  questionOf,
  Records,
  redo,
  Saver,
  settle,
  type Task,
  takesLabels,
  undo,
  Workbench,
  write,
} from "../src";
import { exampleOf, memoryStorage, until, WorkerServer } from "./worker";

const OPTIONS = ["First.", "Second.", "Third."];

function open(kind: "text" | "pick" | "verdict", left?: Draft): Editor {
  const example = { ...exampleOf("e1", "Where is my card?"), options: OPTIONS };
  return openEditor(example, { question: { kind }, snap: "token", armed: null }, left);
}

test.each([
  ["text", "text"],
  ["compare", "pick"],
  ["mark", "verdict"],
] as const)("the view %s asks for no label, whatever labels there are", (view, kind) => {
  const task = { view, exclusive: true, labels: [{ id: "l1" }] } as unknown as Task;
  expect(questionOf(task)).toEqual({ kind } satisfies Question);
  expect([takesLabels(task), takesLabels({ view: "choices" })]).toEqual([false, true]);
});

describe("what a verdict sends", () => {
  test("words that are there are accepted, blanks are not", () => {
    expect(settle(open("text"), "accept")).toBeNull();
    expect(settle(write(open("text"), " \n"), "accept")).toBeNull();
    const written = write(open("text"), "At the bank.");
    expect(settle(written, "accept")?.content.written).toBe("At the bank.");
    expect(settle(open("text"), "reject")?.content.written).toBeNull();
  });

  test("only an accepted answer takes an option", () => {
    expect(settle(open("pick"), "accept")).toBeNull();
    const picked = pickOption(open("pick"), 2);
    expect(settle(picked, "accept")?.content.picked).toBe(2);
    expect(settle(picked, "reject")?.content.picked).toBeNull();
    expect(pickOption(picked, 3)).toBe(picked);
  });

  test("accepting what is shown takes no mark of it", () => {
    const editor = open("verdict");
    const marked = { ...editor.example, suggestions: [{ start: 0, end: 5, label: "l1" }] };
    const settled = settle({ ...editor, example: marked }, "accept");
    expect(settled?.content.spans).toEqual([]);
  });

  test("what was not said is not sent", () => {
    expect(Object.keys(annotationOf(open("verdict")))).not.toContain("written");
    expect(annotationOf(write(open("text"), "Here."))).toMatchObject({ written: "Here." });
    expect(annotationOf(pickOption(open("pick"), 0))).toMatchObject({ picked: 0 });
  });
});

test("undo takes back what was written word by word", () => {
  const steps = ["A", "At", "At ", "At t", "At th", "At the", "At the ", "At the b"];
  const typed = steps.reduce(write, open("text"));
  expect(undo(typed).content.written).toBe("At the");
  expect(undo(undo(typed)).content.written).toBe("At");
  expect(undo(undo(undo(typed))).content.written).toBeNull();
  expect(redo(undo(typed)).content.written).toBe("At the b");
  expect(write(typed, "At the b")).toBe(typed);
});

test("a stored answer opens with its words", () => {
  const { example } = open("text");
  const stored = { id: "a", verdict: "accept", version: 1, spans: [], choices: [] } as const;
  const left = decided(example, { ...stored, flagged: false, note: "", written: "Here." });
  expect(open("text", left).content.written).toBe("Here.");
});

test("words that somebody else wrote go with their notes", () => {
  const storage = memoryStorage();
  const others = new Records(storage, "bob");
  const body = { example: "e", verdict: "accept", base_version: 0, working_ms: 0 } as const;
  const said = { ...body, spans: [], choices: [], flagged: false, note: "" };
  others.keepUnsent({ id: "a", task: "t", order: 1, body: { ...said, written: "Words." } });
  others.keepUnsent({ id: "b", task: "t", order: 2, body: { ...said, picked: 1 } });
  forgetWordsOfOthers(storage, "ada");
  expect(others.unsent("t").map((answer) => answer.id)).toEqual(["b"]);
});

describe("at the workbench", () => {
  let worker: WorkerServer;
  beforeEach(async () => {
    worker = await WorkerServer.start();
    worker.examples = ["e1", "e2"].map((id) => ({ ...exampleOf(id, id), options: OPTIONS }));
  });
  afterEach(() => worker.stop());

  async function begin(view: Task["view"]): Promise<Workbench> {
    worker.asks = { view, labels: [] };
    const api = worker.api();
    const records = new Records(memoryStorage(), "ada");
    const bench = new Workbench(api, records, new Saver(api, records), { draftDelayMs: 1 });
    await bench.start();
    return bench;
  }
  const hand = (bench: Workbench) => bench.state.get().hand;

  test("picking answers, and undo opens it again", async () => {
    const bench = await begin("compare");
    bench.pick(3);
    expect(hand(bench)?.editor.example.id).toBe("e1");
    bench.pick(1);
    await until(() => worker.answers.size === 1);
    expect([...worker.answers.values()][0]).toMatchObject({ verdict: "accept", picked: 1 });
    bench.undo();
    expect(hand(bench)?.editor.content.picked).toBe(1);
    bench.submit("reject");
    await until(() => [...worker.answers.values()][0]?.verdict === "reject");
  });

  test("words are kept as a draft while they are written, then sent", async () => {
    const bench = await begin("text");
    bench.edit((editor) => write(editor, "At the bank."));
    await until(() => worker.drafts.has("e1"));
    expect(worker.drafts.get("e1")).toMatchObject({ written: "At the bank." });
    bench.submit("accept");
    await until(() => worker.answers.size === 1);
    expect([...worker.answers.values()][0]).toMatchObject({ written: "At the bank." });
  });
});
