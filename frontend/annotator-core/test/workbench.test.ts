import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  actionFor,
  applyLabel,
  DEFAULT_KEYMAP,
  dismissSuggestion,
  type Example,
  keymapWith,
  keyName,
  labelKeys,
  markRange,
  moveCaret,
  Records,
  remap,
  Saver,
  Workbench,
  WorkingClock,
} from "../src";
import { answer, exampleOf, memoryStorage, until, WorkerServer } from "./worker";

let worker: WorkerServer;
let storage = memoryStorage();
const open: Workbench[] = [];

function workbench(): Workbench {
  const api = worker.api();
  const records = new Records(storage, "me");
  const saver = new Saver(api, records, { baseDelayMs: 10 });
  const bench = new Workbench(api, records, saver, { retrySeconds: 0.02, draftDelayMs: 5 });
  open.push(bench);
  return bench;
}
const current = (bench: Workbench) => bench.state.get().hand?.editor.example.id;
const spansOf = (bench: Workbench) => bench.state.get().hand?.editor.content.spans;
const markFirst = (bench: Workbench) =>
  bench.edit((editor) => applyLabel(moveCaret(editor, 1), "l1"));

beforeEach(async () => {
  worker = await WorkerServer.start();
  storage = memoryStorage();
  worker.examples = Array.from({ length: 25 }, (_, at) => exampleOf(`e${at}`, `word number ${at}`));
});
afterEach(async () => {
  for (const bench of open.splice(0)) bench.close();
  await worker.stop();
});

describe("supply", () => {
  test("the next example is there without waiting, and all come once, to the end", async () => {
    const bench = workbench();
    await bench.start();
    const seen: (string | undefined)[] = [];
    while (bench.state.get().phase.kind !== "done") {
      await until(() => bench.state.get().phase.kind !== "loading");
      if (bench.state.get().hand) {
        seen.push(current(bench));
        bench.submit("accept");
      }
    }
    await until(() => worker.answers.size === 25);
    expect(new Set(seen).size).toBe(25);
    expect(seen).toHaveLength(25);
  });

  test("refills at four, with one request", async () => {
    const bench = workbench();
    await bench.start();
    for (let at = 0; at < 5; at++) bench.submit("accept");
    await until(() => worker.requests.filter((one) => one === "POST /batch").length === 2);
    expect(current(bench)).toBe("e5");
  });

  test("an unreachable worker is tried again by itself", async () => {
    let failures = 2;
    worker.fault = (_request, response) => {
      if (failures-- <= 0) return false;
      response.destroy();
      return true;
    };
    const bench = workbench();
    await bench.start();
    expect(bench.state.get().phase.kind).toBe("unreachable");
    await until(() => current(bench) === "e0");
  });

  test.each(["paused", "closed"])("a %s task is called so", async (taskState) => {
    worker.taskState = taskState;
    const bench = workbench();
    await bench.start();
    expect(bench.state.get().phase.kind).toBe(taskState);
  });

  test("a refusal is shown with its problem", async () => {
    worker.fault = (request, response) => {
      if (!request.url?.endsWith("/batch")) return false;
      answer(response, 404, { code: "not_found", title: "no such task" });
      return true;
    };
    const bench = workbench();
    await bench.start();
    expect(bench.state.get().phase).toMatchObject({
      kind: "failed",
      problem: { code: "not_found" },
    });
  });
});

test("an example that comes back edits the answer it has, not a second one", async () => {
  const [first] = worker.examples;
  const spans = [{ start: 0, end: 4, label: "l1" }];
  const stored = {
    id: "a1",
    verdict: "accept" as const,
    spans,
    choices: [],
    flagged: false,
    note: "",
    version: 3,
  };
  const again = { kind: "merge" as const, labels: ["A"], into: ["B"], marks: 1 };
  worker.examples = [{ ...first, draft: stored, answer: stored, look_again: again } as Example];
  const bench = workbench();
  await bench.start();
  expect(spansOf(bench)).toEqual(spans);
  worker.answers.set("a1", { ...stored, example: "e0", saves: 1 });
  markFirst(bench);
  bench.edit((editor) => ({ ...editor, content: { ...editor.content, flagged: true } }));
  bench.submit("accept");
  await until(() => worker.answers.get("a1")?.version === 4);
  expect(worker.answers.size).toBe(1);
});

test("somebody else's answer is corrected by one of one's own, and nothing is leased for it", async () => {
  const theirs = {
    id: "theirs",
    verdict: "reject" as const,
    spans: [{ start: 0, end: 4, label: "l1" }],
    choices: [],
    flagged: false,
    note: "",
    version: 2,
  };
  const last = { ...worker.examples.at(-1), corrects: theirs } as Example;
  worker.examples = [...worker.examples.slice(0, -1), last];
  const bench = workbench();
  await bench.start(last.id);
  expect([current(bench), bench.state.get().hand?.verdict]).toEqual([last.id, "reject"]);
  expect(spansOf(bench)).toEqual(theirs.spans);
  expect(worker.requests).not.toContain("POST /batch");
  bench.submit("accept");
  await until(() => worker.answers.size === 1);
  const [[id, saved]] = [...worker.answers] as [[string, object]];
  expect(id).not.toBe("theirs");
  expect(saved).toMatchObject({ example: last.id, verdict: "accept", corrects: "theirs" });
  await until(() => current(bench) === "e0");
});

describe("undo across submits", () => {
  test("opens the answer before, edits it under its id, and redo returns to the work", async () => {
    const bench = workbench();
    await bench.start();
    markFirst(bench);
    bench.submit("accept");
    bench.submit("reject");
    await until(() => worker.answers.size === 2);
    bench.undo();
    bench.undo();
    expect([current(bench), bench.state.get().hand?.verdict]).toEqual(["e0", "accept"]);
    expect(spansOf(bench)).toEqual([{ start: 0, end: 4, label: "l1" }]);
    bench.redo();
    expect(current(bench)).toBe("e1");
    bench.undo();
    bench.submit("ignore");
    expect(current(bench)).toBe("e2");
    await until(() => [...worker.answers.values()].some((one) => one.verdict === "ignore"));
    expect(worker.answers.size).toBe(2);
    expect([...worker.answers.values()].map((one) => [one.example, one.version])).toEqual([
      ["e0", 2],
      ["e1", 1],
    ]);
  });

  test("work in hand is not lost by looking back", async () => {
    const bench = workbench();
    await bench.start();
    bench.submit("accept");
    await bench.reopen("e0");
    expect(current(bench)).toBe("e0");
    bench.leave();
    expect(current(bench)).toBe("e1");
  });
});

describe("an answer that another window saved first", () => {
  async function conflicting(): Promise<Workbench> {
    const bench = workbench();
    await bench.start();
    const theirs = { spans: [], choices: [], flagged: false, note: "", verdict: "ignore" as const };
    worker.answers.set("b1", { ...theirs, id: "b1", example: "e0", version: 2, saves: 1 });
    bench.submit("accept");
    await until(() => bench.saver.state.get().conflicts.length === 1);
    return bench;
  }
  const conflictOf = (bench: Workbench) => {
    const [conflict] = bench.saver.state.get().conflicts;
    if (!conflict) throw new Error("no conflict");
    return conflict;
  };
  const isSent = (bench: Workbench) => bench.saver.state.get().saving.kind === "saved";

  test("is overwritten by ours, and edits of ours follow it", async () => {
    const bench = await conflicting();
    bench.saver.keepOurs(conflictOf(bench));
    await until(() => worker.answers.get("b1")?.verdict === "accept");
    await until(() => isSent(bench));
    bench.undo();
    bench.submit("reject");
    await until(() => worker.answers.get("b1")?.verdict === "reject");
    expect([worker.answers.size, bench.saver.state.get().conflicts]).toEqual([1, []]);
  });

  test("or stays, and is what opens again", async () => {
    const bench = await conflicting();
    bench.keepTheirs(conflictOf(bench));
    await bench.reopen("e0");
    expect(bench.state.get().hand).toMatchObject({ verdict: "ignore", answerId: "b1" });
    bench.submit("reject");
    await until(() => worker.answers.get("b1")?.verdict === "reject");
    expect(bench.saver.state.get().conflicts).toEqual([]);
  });
});

describe("drafts and sessions", () => {
  test("a draft survives a reload and goes to the worker", async () => {
    const bench = workbench();
    await bench.start();
    markFirst(bench);
    await until(() => worker.drafts.has("e0"));
    bench.close();
    worker.releaseAll();
    const again = workbench();
    await again.start();
    expect([current(again), spansOf(again)]).toEqual(["e0", [{ start: 0, end: 4, label: "l1" }]]);
  });

  test("a refused suggestion stays refused through a reload and in the answer", async () => {
    const [first, second] = [
      { start: 0, end: 4, label: "l1" },
      { start: 5, end: 11, label: "l2" },
    ];
    worker.examples[0] = exampleOf("e0", "word number 0", [first, second]);
    const before = workbench();
    await before.start();
    before.edit((editor) => dismissSuggestion(editor, first));
    await until(() => worker.drafts.has("e0"));
    before.close();
    worker.releaseAll();
    const bench = workbench();
    await bench.start();
    bench.submit("accept");
    await until(() => worker.answers.size === 1);
    expect([...worker.answers.values()][0]?.spans).toEqual([second]);

    const later = workbench();
    await later.start();
    await later.reopen("e0");
    later.submit("accept");
    await until(() => later.saver.unsent().length === 0);
    expect([...worker.answers.values()][0]).toMatchObject({ spans: [second], version: 1 });
  });

  test("after a rejection the suggestions are still to decide", async () => {
    const suggestion = { start: 0, end: 4, label: "l1" };
    worker.examples[0] = exampleOf("e0", "word number 0", [suggestion]);
    const bench = workbench();
    await bench.start();
    bench.submit("reject");
    await until(() => worker.answers.size === 1);
    const later = workbench();
    await later.start();
    await later.reopen("e0");
    later.submit("accept");
    await until(() => [...worker.answers.values()][0]?.verdict === "accept");
    expect([...worker.answers.values()][0]?.spans).toEqual([suggestion]);
  });

  test("untouched examples are given back on leaving, a touched one is kept", async () => {
    const bench = workbench();
    await bench.start();
    markFirst(bench);
    bench.close();
    await until(() => worker.requests.includes("POST /release"));
    expect(bench.state.get().hand?.editor.example.id).toBe("e0");
  });

  test("an expired session keeps example and marks; signing in again goes on", async () => {
    const bench = workbench();
    await bench.start();
    worker.fault = (_request, response) => {
      answer(response, 401, { code: "session.missing" });
      return true;
    };
    bench.submit("accept");
    markFirst(bench);
    await until(() => bench.saver.state.get().saving.kind === "signed-out");
    worker.fault = null;
    await bench.resume();
    await until(() => worker.answers.size === 1);
    expect([current(bench), spansOf(bench)?.length]).toEqual(["e1", 1]);
  });

  test("a draft that finds the session ended says so while the example is in hand", async () => {
    const bench = workbench();
    await bench.start();
    worker.fault = (_request, response) => {
      answer(response, 401, { code: "session.missing" });
      return true;
    };
    markFirst(bench);
    await until(() => bench.state.get().signedOut);
    worker.fault = null;
    await bench.resume();
    expect(bench.state.get().signedOut).toBe(false);
    expect([current(bench), spansOf(bench)?.length]).toEqual(["e0", 1]);
  });

  test("a proposal must be settled before an answer", async () => {
    const bench = workbench();
    await bench.start();
    markFirst(bench);
    bench.edit((editor) => markRange(editor, { start: 0, end: 11 }, "l2"));
    bench.submit("accept");
    expect(current(bench)).toBe("e0");
  });
});

describe("keys", () => {
  const press = (key: string, change = {}) =>
    keyName({ key, shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, ...change });
  const label = (id: string, key: string) => ({ id, key, name: id, colour: "#000" });

  test("are named by what they do, and the system keeps its own", () => {
    expect([
      press("x"),
      press("X", { shiftKey: true }),
      press(" "),
      press("?", { shiftKey: true }),
    ]).toEqual(["X", "Shift+X", "Space", "?"]);
    expect([press("z", { ctrlKey: true }), press("Shift", { shiftKey: true })]).toEqual([
      null,
      null,
    ]);
    expect(actionFor(DEFAULT_KEYMAP, press("Tab", { shiftKey: true }) ?? "")).toBe(
      "previous-suggestion",
    );
  });

  test("labels without a free key get the next digit", () => {
    const keys = labelKeys([label("a", "2"), label("b", "2"), label("c", "")]);
    expect(Object.fromEntries(keys)).toEqual({ a: "2", b: "1", c: "3" });
  });

  test("can be changed, but not onto a key in use", () => {
    const labels = [label("a", "q")];
    expect(remap(DEFAULT_KEYMAP, "accept", "Q", labels)).toBeNull();
    expect(remap(DEFAULT_KEYMAP, "accept", "X", labels)).toBeNull();
    expect(remap(DEFAULT_KEYMAP, "accept", "A", labels)?.accept).toBe("A");
    expect(keymapWith({ accept: "A", nonsense: "B" })).toEqual({ ...DEFAULT_KEYMAP, accept: "A" });
    expect(keymapWith(undefined)).toEqual(DEFAULT_KEYMAP);
  });

  test("a long pause is not working time", () => {
    let now = 0;
    const clock = new WorkingClock(() => now);
    now = 5_000;
    clock.sign();
    now = 905_000;
    expect(clock.reset()).toBe(65_000);
    now = 906_000;
    expect(clock.reset()).toBe(1_000);
  });
});
