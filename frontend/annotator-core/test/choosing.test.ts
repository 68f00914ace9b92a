import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  chooseOnly,
  type Editor,
  labelKeys,
  openEditor,
  openSuggested,
  type Question,
  questionOf,
  Records,
  refuseSuggested,
  Saver,
  settle,
  type Task,
  toggleChoice,
  Workbench,
} from "../src";
import { DEFAULT_KEYMAP } from "../src/keymap";
import { exampleOf, memoryStorage, until, WorkerServer } from "./worker";

const LABELS = ["l1", "l2", "l3"].map((id) => ({ id, name: id, colour: "#2f7be5", key: "" }));
const asked = (view: string, exclusive: boolean, count: number) =>
  questionOf({ view, exclusive, labels: LABELS.slice(0, count) } as unknown as Task);

function open(question: Question, suggested: readonly string[] = []): Editor {
  const example = { ...exampleOf("e1", "Where is my card?"), suggested };
  return openEditor(example, { question, snap: "token", armed: null });
}
const ONE: Question = { kind: "one" };
const ANY: Question = { kind: "any" };
const YES_NO: Question = { kind: "yes-no", label: "l1" };
const choices = (editor: Editor | null) => editor?.content.choices;

test("view, exclusiveness and number of labels say what is asked", () => {
  expect(asked("spans", true, 3).kind).toBe("marks");
  expect(asked("choices", true, 3).kind).toBe("one");
  expect(asked("choices", false, 3).kind).toBe("any");
  expect(asked("choices", true, 1)).toEqual(YES_NO);
});

describe("what a verdict sends", () => {
  test.each([
    ["any, none chosen", open(ANY), "accept", []],
    [
      "any, suggested ones are taken",
      toggleChoice(open(ANY, ["l1"]), "l2"),
      "accept",
      ["l2", "l1"],
    ],
    ["any, a refused one is not", refuseSuggested(open(ANY, ["l1"])), "accept", []],
    ["any, rejected as it stands", open(ANY, ["l1"]), "reject", []],
    ["one, the suggested one", open(ONE, ["l1"]), "accept", ["l1"]],
    [
      "one, the chosen one and not the suggested",
      chooseOnly(open(ONE, ["l1"]), "l2"),
      "accept",
      ["l2"],
    ],
    ["one, nothing fits", open(ONE), "reject", []],
    ["one, nothing to accept", open(ONE), "accept", undefined],
    ["one, two suggested decide nothing", open(ONE, ["l1", "l2"]), "accept", undefined],
    ["yes", open(YES_NO), "accept", ["l1"]],
    ["no", open(YES_NO), "reject", ["l1"]],
    ["neither", open(YES_NO), "ignore", []],
  ] as const)("%s", (_name, editor, verdict, expected) => {
    expect(choices(settle(editor, verdict))).toEqual(expected);
  });
});

test("a suggestion is open until it is taken or refused, and comes back with undo's state", () => {
  const editor = open(ANY, ["l1", "l2"]);
  expect(openSuggested(toggleChoice(editor, "l1"))).toEqual(["l2"]);
  expect(openSuggested(refuseSuggested(editor))).toEqual([]);
  expect(openSuggested(editor)).toEqual(["l1", "l2"]);
});

test("77 labels: digits, then letters that no action has, then none", () => {
  const many = Array.from({ length: 77 }, (_, at) => ({
    id: `l${at}`,
    name: "n",
    colour: "#000",
    key: "",
  }));
  const keys = [...labelKeys(many, DEFAULT_KEYMAP).values()];
  expect(keys.slice(0, 12)).toEqual([..."1234567890AB"]);
  expect(keys).not.toContain(DEFAULT_KEYMAP.reject);
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys.length).toBeLessThan(37);
});

describe("at the bench", () => {
  let worker: WorkerServer;
  let bench: Workbench;
  beforeEach(async () => {
    worker = await WorkerServer.start();
    worker.examples = ["e1", "e2", "e3"].map((id) => exampleOf(id, `text ${id}`));
    worker.asks = { recipe: "textcat.manual.v1", view: "choices", exclusive: true };
    const records = new Records(memoryStorage(), "me");
    bench = new Workbench(worker.api(), records, new Saver(worker.api(), records));
    await bench.start();
  });
  afterEach(async () => {
    bench.close();
    await worker.stop();
  });
  const inHand = () => bench.state.get().hand?.editor;
  const saved = () =>
    [...worker.answers.values()].map(({ example, choices }) => [example, choices]);

  test("choosing answers, and undo brings it back with its choice to be changed", async () => {
    bench.choose("l1");
    expect(inHand()?.example.id).toBe("e2");
    bench.undo();
    expect([inHand()?.example.id, inHand()?.content.choices]).toEqual(["e1", ["l1"]]);
    bench.choose("l2");
    await until(() => JSON.stringify(saved()) === '[["e1",["l2"]]]');
    expect([...worker.answers.values()][0]?.version).toBe(2);
  });

  test("accepting before anything is chosen does nothing", () => {
    bench.submit("accept");
    expect(inHand()?.example.id).toBe("e1");
  });

  test("a reopened answer that suggestions did not survive stays so", async () => {
    bench.choose("l2");
    await until(() => worker.answers.size === 1);
    await bench.reopen("e1");
    expect(inHand()?.content.choices).toEqual(["l2"]);
  });
});
