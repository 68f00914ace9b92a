import { countUnsent, type KeyValue, Records } from "@annex/annotator-core";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { signOut } from "../src/app/session";

const went: string[] = [];
/** What was asked of the server, and how many records were still here then. */
const asked: (readonly [path: string, records: number])[] = [];
let storage: ReturnType<typeof memoryStorage>;
let answer: () => Response;

const json = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { "Content-Type": "application/json" },
  });

function memoryStorage(): KeyValue & Pick<Storage, "clear"> {
  const values = new Map<string, string>();
  return {
    get length() {
      return values.size;
    },
    key: (at) => [...values.keys()][at] ?? null,
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
    clear: () => values.clear(),
  };
}

beforeEach(() => {
  storage = memoryStorage();
  vi.stubGlobal("localStorage", storage);
  vi.stubGlobal("sessionStorage", memoryStorage());
  vi.stubGlobal("location", { replace: (path: string) => went.push(path) });
  vi.stubGlobal("fetch", async (path: string) => {
    asked.push([path, storage.length]);
    return answer();
  });
  const records = new Records(storage, "ada");
  records.keepDraft("t", "e1", { spans: [], choices: [], flagged: true, note: "hers" });
  const marks = { spans: [], choices: [], flagged: false, note: "" };
  const body = {
    ...marks,
    example: "e2",
    verdict: "accept" as const,
    base_version: 0,
    working_ms: 0,
  };
  records.keepUnsent({ id: "a", task: "t", order: 1, body });
});
afterEach(() => {
  vi.unstubAllGlobals();
  went.length = 0;
  asked.length = 0;
});

test("the session is ended first, then nothing stays here", async () => {
  answer = () => new Response(null, { status: 204 });
  await signOut();
  expect(asked).toEqual([["/api/logout", 2]]);
  expect([storage.length, went]).toEqual([0, ["/signed-out"]]);
});

test("a session that had ended already is no obstacle", async () => {
  answer = () => json(401, { code: "session.missing" });
  await signOut();
  expect([storage.length, went]).toEqual([0, ["/signed-out"]]);
});

test.each([
  ["no network", () => Promise.reject(new TypeError("network")) as never],
  ["a busy server", () => json(503, { code: "busy" })],
  ["a refusal", () => json(403, { code: "forbidden", title: "No" })],
])("with %s the person stays, with all that is here", async (_name, refuse) => {
  answer = refuse;
  await expect(signOut()).rejects.toThrow();
  expect([countUnsent(storage), storage.length, went]).toEqual([1, 2, []]);
});
