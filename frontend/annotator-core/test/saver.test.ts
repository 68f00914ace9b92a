import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  type AnswerBody,
  countUnsent,
  forgetWordsOfOthers,
  type KeyValue,
  Records,
  Saver,
} from "../src";
import { answer, memoryStorage, TASK, until, WorkerServer } from "./worker";

const body = (example: string, change: Partial<AnswerBody> = {}): AnswerBody => ({
  example,
  verdict: "accept",
  spans: [],
  choices: [],
  flagged: false,
  note: "",
  base_version: 0,
  working_ms: 5,
  ...change,
});

let worker: WorkerServer;
let storage: KeyValue;
const savers: Saver[] = [];
const saver = (): Saver => {
  const made = new Saver(worker.api(), new Records(storage, "sub"), { baseDelayMs: 10 });
  savers.push(made);
  return made;
};
const isSaved = (one: Saver) => one.state.get().saving.kind === "saved";

beforeEach(async () => {
  worker = await WorkerServer.start();
  storage = memoryStorage();
});
afterEach(async () => {
  for (const one of savers.splice(0)) one.stop();
  await worker.stop();
});

describe("saving", () => {
  test("an answer is on disk at once and leaves the disk when acknowledged", async () => {
    const one = saver();
    one.save("a1", body("e1"));
    expect(countUnsent(storage)).toBe(1);
    expect(one.state.get().saving).toEqual({ kind: "saving", unsent: 1 });
    await until(() => isSaved(one));
    expect(countUnsent(storage)).toBe(0);
    expect(worker.answers.get("a1")?.version).toBe(1);
  });

  test("a lost acknowledgement is sent again and changes nothing", async () => {
    let lost = 0;
    worker.fault = (request, response, sent) => {
      if (lost > 0) return false;
      lost++;
      const id = request.url?.split("/").at(-1) ?? "";
      worker.answers.set(id, { ...JSON.parse(sent), id, version: 1, saves: 1 });
      response.destroy();
      return true;
    };
    const one = saver();
    one.save("a1", body("e1"));
    await until(() => isSaved(one));
    expect(lost).toBe(1);
    expect(worker.answers.get("a1")).toMatchObject({ version: 1, saves: 1 });
  });

  test("a dead network is shown as offline; a reload later sends all, each once", async () => {
    worker.fault = (_request, response) => {
      response.destroy();
      return true;
    };
    const before = saver();
    for (let at = 0; at < 7; at++) before.save(`a${at}`, body(`e${at}`));
    await until(() => before.state.get().saving.kind === "offline");
    before.stop();
    worker.fault = null;
    const after = saver();
    await after.flush();
    expect(after.state.get().saving.kind).toBe("saved");
    expect(worker.answers.size).toBe(7);
    expect([...worker.answers.values()].every((one) => one.saves === 1)).toBe(true);
  });

  test("Retry-After is obeyed and a proxy's page counts as no answer", async () => {
    worker.fault = (_request, response) => {
      response
        .writeHead(503, { "Content-Type": "text/html", "Retry-After": "7" })
        .end("<h1>busy</h1>");
      return true;
    };
    const one = saver();
    one.save("a1", body("e1"));
    await until(() => one.state.get().saving.kind === "offline");
    const { saving } = one.state.get();
    expect(saving.kind === "offline" && saving.retryAt - Date.now()).toBeGreaterThan(6000);
  });

  test("an edit made before the first save was acknowledged follows it", async () => {
    const one = saver();
    one.save("a1", body("e1"));
    one.save("a1", body("e1", { verdict: "reject" }));
    await until(() => isSaved(one));
    expect(worker.answers.get("a1")).toMatchObject({ verdict: "reject", version: 2, saves: 2 });
    expect(one.versionOf("a1")).toBe(2);
  });
});

describe("what the worker refuses", () => {
  test("a conflict keeps both versions; ours can win", async () => {
    const one = saver();
    one.save("a1", body("e1"));
    await until(() => isSaved(one));
    const stored = worker.answers.get("a1");
    if (stored) worker.answers.set("a1", { ...stored, verdict: "ignore", version: 4 });
    one.save("a1", body("e1", { verdict: "reject", base_version: 1 }));
    await until(() => one.state.get().conflicts.length === 1);
    const [conflict] = one.state.get().conflicts;
    expect(conflict?.theirs).toMatchObject({ verdict: "ignore", version: 4 });
    expect(conflict?.unsent.body.verdict).toBe("reject");
    if (conflict) one.keepOurs(conflict);
    await until(() => isSaved(one));
    expect(worker.answers.get("a1")).toMatchObject({ verdict: "reject", version: 5 });
  });

  test("ours can win over an answer that another window saved under its own id", async () => {
    worker.answers.set("b1", { ...body("e1"), id: "b1", verdict: "ignore", version: 2, saves: 1 });
    const one = saver();
    one.save("a1", body("e1"));
    one.save("a1", body("e1", { verdict: "reject" }));
    await until(() => one.state.get().conflicts.length === 1);
    const [conflict] = one.state.get().conflicts;
    expect(conflict).toMatchObject({
      unsent: { body: { verdict: "reject" } },
      theirs: { id: "b1" },
    });
    if (conflict) one.keepOurs(conflict);
    await until(() => isSaved(one));
    expect(worker.answers.get("b1")).toMatchObject({ verdict: "reject", version: 3 });
    expect([worker.answers.size, countUnsent(storage), one.versionOf("a1")]).toEqual([1, 0, 3]);
  });

  test("a conflict inside a bulk send is found too; theirs can stay", async () => {
    worker.answers.set("a2", { ...body("e2"), id: "a2", verdict: "ignore", version: 3, saves: 1 });
    const one = saver();
    one.save("a0", body("e0"));
    one.save("a1", body("e1"));
    one.save("a2", body("e2"));
    await until(() => one.state.get().conflicts.length === 1);
    const [conflict] = one.state.get().conflicts;
    if (conflict) one.keepTheirs(conflict);
    await until(() => isSaved(one));
    expect(worker.answers.get("a2")?.verdict).toBe("ignore");
    expect(countUnsent(storage)).toBe(0);
  });

  test("a lost lease is set aside with its reason and blocks nothing", async () => {
    worker.fault = (request, response) => {
      if (!request.url?.endsWith("/a1")) return false;
      answer(response, 409, { code: "lease.lost", title: "Someone else answered this" });
      return true;
    };
    const one = saver();
    one.save("a1", body("e1"));
    await until(() => one.state.get().refusals.length === 1);
    one.save("a2", body("e2"));
    await until(() => worker.answers.has("a2"));
    const [refusal] = one.state.get().refusals;
    expect(refusal?.code).toBe("lease.lost");
    if (refusal) one.dropRefusal(refusal);
    await until(() => countUnsent(storage) === 0);
    expect(worker.answers.has("a1")).toBe(false);
  });

  test("a recipe's refusal is kept in its own words", async () => {
    const detail = "Mark the courtesy, or reject the letter.";
    worker.fault = (_request, response) => {
      answer(response, 400, { code: "answer.refused", title: "Not accepted", detail });
      return true;
    };
    const one = saver();
    one.save("a1", body("e1"));
    await until(() => one.state.get().refusals.length === 1);
    expect(one.state.get().refusals.map((refusal) => refusal.detail)).toEqual([detail]);
  });

  test("answers refused together are each shown with their reason", async () => {
    let isBack = false;
    worker.fault = (_request, response) => {
      if (isBack) answer(response, 404, { code: "not_found", title: "There is no such task" });
      else response.destroy();
      return true;
    };
    const one = saver();
    for (const id of ["1", "2", "3"]) one.save(`a${id}`, body(`e${id}`));
    await until(() => one.state.get().saving.kind === "offline");
    isBack = true;
    await one.flush();
    await until(() => one.state.get().refusals.length === 3);
    expect(one.state.get().saving.kind).toBe("saved");
    expect(one.state.get().refusals.map((refusal) => refusal.title)).toContain(
      "There is no such task",
    );
    expect(countUnsent(storage)).toBe(3);
  });

  test("an expired session keeps the answer until someone signed in again", async () => {
    worker.fault = (_request, response) => {
      answer(response, 401, { code: "session.missing", login_url: "/login" });
      return true;
    };
    const one = saver();
    one.save("a1", body("e1"));
    await until(() => one.state.get().saving.kind === "signed-out");
    expect(countUnsent(storage)).toBe(1);
    worker.fault = null;
    await one.flush();
    expect(worker.answers.has("a1")).toBe(true);
  });

  test("a stale CSRF token is renewed from the session, once, without a word", async () => {
    let token = "old";
    worker.fault = (request, response) => {
      if (request.url === "/api/session") {
        token = "new";
        answer(response, 200, { subject: "sub", csrf_token: token });
        return true;
      }
      if (request.headers["x-csrf-token"] === "new") return false;
      answer(response, 403, { code: "session.cross_site", title: "no" });
      return true;
    };
    const one = saver();
    one.save("a1", body("e1"));
    await until(() => isSaved(one));
    expect(worker.answers.has("a1")).toBe(true);
  });
});

describe("records", () => {
  test("one person's answers are not another's", () => {
    const mine = new Records(storage, "me");
    mine.keepUnsent({ id: "a", task: TASK, order: 1, body: body("e1") });
    mine.keepDraft(TASK, "e2", { spans: [], choices: [], flagged: true, note: "n" });
    expect(new Records(storage, "other").unsent(TASK)).toEqual([]);
    expect(mine.draft(TASK, "e2")).toEqual({ spans: [], choices: [], flagged: true, note: "n" });
  });

  test("a broken record is skipped", () => {
    storage.setItem(`annex.work/me/unsent/${TASK}/1-a`, "{");
    expect(new Records(storage, "me").unsent(TASK)).toEqual([]);
  });
});

test("the next person finds no words of others, and the wordless answers still wait", () => {
  const kept = memoryStorage();
  const [ada, ben] = [new Records(kept, "ada"), new Records(kept, "ben")];
  const draft = { spans: [], choices: [], flagged: true, note: "said in confidence" };
  for (const records of [ada, ben]) {
    records.keepDraft(TASK, "e1", draft);
    records.keepUnsent({ id: "a1", task: TASK, order: 1, body: body("e2") });
    records.keepUnsent({
      id: "a2",
      task: TASK,
      order: 2,
      body: { ...body("e3"), note: "and this" },
    });
  }
  forgetWordsOfOthers(kept, "ben");
  expect(ada.unsent(TASK).map((one) => one.id)).toEqual(["a1"]);
  expect([ada.draft(TASK, "e1"), ben.unsent(TASK).length]).toEqual([null, 2]);
  expect(ben.draft(TASK, "e1")).toEqual(draft);
});
