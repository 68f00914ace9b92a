import { afterEach, beforeEach, expect, test } from "vitest";
import {
  applyLabel,
  countUnsent,
  Http,
  type KeyValue,
  moveCaret,
  OtherPersonError,
  Records,
  Saver,
  UnreachableError,
  Workbench,
} from "../src";
import { answer, exampleOf, memoryStorage, until, WorkerServer } from "./worker";

let worker: WorkerServer;
let storage: KeyValue;
let http: Http;
let bench: Workbench;
let reloads: number;
/** Who is signed in, as the cookie says; each session has its own token. */
let signedIn: string | null;

beforeEach(async () => {
  worker = await WorkerServer.start();
  worker.examples = Array.from({ length: 9 }, (_, at) => exampleOf(`e${at}`, `word number ${at}`));
  worker.fault = (request, response) => {
    if (signedIn === null) answer(response, 401, { code: "session.missing" });
    else if (request.url === "/api/session")
      answer(response, 200, { subject: signedIn, csrf_token: `token of ${signedIn}` });
    else if (request.url === "/api/logout") {
      signedIn = null;
      answer(response, 204, null);
    } else if (request.method === "GET") return false;
    else if (request.headers["x-csrf-token"] === `token of ${signedIn}`) return false;
    else answer(response, 403, { code: "session.cross_site", title: "no" });
    return true;
  };
  storage = memoryStorage();
  reloads = 0;
  signedIn = "ada";
  http = new Http(worker.origin);
  http.onOtherPerson = () => {
    reloads += 1;
  };
  await http.session();
  const api = worker.api(http);
  const records = new Records(storage, "ada");
  const saver = new Saver(api, records, { baseDelayMs: 10 });
  bench = new Workbench(api, records, saver, { retrySeconds: 0.02, draftDelayMs: 5 });
  await bench.start();
});
afterEach(async () => {
  bench.close();
  await worker.stop();
});

async function endSessionWithWorkUnsent(): Promise<void> {
  signedIn = null;
  bench.submit("accept");
  bench.edit((editor) => applyLabel(moveCaret(editor, 1), "l1"));
  await until(() => bench.saver.state.get().saving.kind === "signed-out");
}

test("the same person signs in again: what waited is sent", async () => {
  await endSessionWithWorkUnsent();
  signedIn = "ada";
  await bench.resume();
  await until(() => worker.answers.size === 1);
  expect(reloads).toBe(0);
});

test("somebody else signs in: nothing is sent, all stays on disk, the page starts anew", async () => {
  await endSessionWithWorkUnsent();
  signedIn = "ben";
  await bench.resume();
  await bench.saver.flush();
  expect([reloads, worker.answers.size, worker.drafts.size]).toEqual([1, 0, 0]);
  expect(countUnsent(storage)).toBe(1);
  expect(new Records(storage, "ada").draft(bench.state.get().task?.id ?? "", "e1")).not.toBeNull();
  const before = worker.requests.length;
  bench.close();
  await expect(http.send("POST", "/api/anything")).rejects.toBeInstanceOf(OtherPersonError);
  expect(worker.requests.length).toBe(before);
});

test("somebody else's session is not taken when it is only looked at", async () => {
  signedIn = "ben";
  await expect(http.session()).rejects.toBeInstanceOf(OtherPersonError);
  bench.submit("accept");
  await until(() => bench.saver.state.get().saving.kind === "signed-out");
  expect([reloads, worker.answers.size]).toEqual([1, 0]);
});

test("a draft that comes late does not say that the session ended to who has just ended it", async () => {
  await http.signOut("/api/logout");
  const before = worker.requests.length;
  bench.edit((editor) => applyLabel(moveCaret(editor, 1), "l1"));
  await until(() => worker.requests.length > before);
  await new Promise((done) => setTimeout(done, 20));
  expect(bench.state.get().signedOut).toBe(false);
});

test("a session that had ended by itself is signed out of all the same", async () => {
  signedIn = null;
  await expect(http.signOut("/api/logout")).resolves.toBeUndefined();
});

test("after a sign-out that did not arrive, the page hears of its session's end again", async () => {
  const { fault } = worker;
  worker.fault = (request) => Boolean(request.socket.destroy());
  await expect(http.signOut("/api/logout")).rejects.toBeInstanceOf(UnreachableError);
  worker.fault = fault;
  signedIn = null;
  bench.edit((editor) => applyLabel(moveCaret(editor, 1), "l1"));
  await until(() => bench.state.get().signedOut);
});
