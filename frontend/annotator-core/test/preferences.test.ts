import { afterEach, beforeEach, expect, test } from "vitest";
import { DEFAULT_PREFERENCES, Http, languageOf, PreferenceKeeper, readPreferences } from "../src";
import { answer, memoryStorage, WorkerServer } from "./worker";

let worker: WorkerServer;
let storage = memoryStorage();
/** What the cluster has, and what was sent to it, in order. */
let stored: unknown;
let sent: unknown[];
let isDown: boolean;

beforeEach(async () => {
  worker = await WorkerServer.start();
  [storage, stored, sent, isDown] = [memoryStorage(), DEFAULT_PREFERENCES, [], false];
  worker.fault = (request, response, body) => {
    if (isDown) response.destroy();
    else if (request.method === "GET") answer(response, 200, stored);
    else {
      stored = JSON.parse(body);
      sent.push(stored);
      answer(response, 200, stored);
    }
    return true;
  };
});
afterEach(() => worker.stop());

const keeper = () => new PreferenceKeeper(new Http(worker.origin), storage);

test("a change shows at once, and in the person's other browser", async () => {
  const here = keeper();
  await here.follow("ada");
  const sending = here.change({ density: "compact" });
  expect(here.state.get().density).toBe("compact");
  await sending;
  storage = memoryStorage();
  const there = keeper();
  await there.follow("ada");
  expect(there.state.get().density).toBe("compact");
});

test("a page is painted from the copy before the cluster answers", async () => {
  const first = keeper();
  await first.follow("ada");
  await first.change({ theme: "dark" });
  expect(keeper().state.get().theme).toBe("dark");
});

test("a change made while the cluster is away arrives later, and is not undone by it", async () => {
  const here = keeper();
  await here.follow("ada");
  isDown = true;
  await here.change({ language: "de" });
  isDown = false;
  const again = keeper();
  await again.follow("ada");
  expect([again.state.get().language, sent.length]).toEqual(["de", 1]);
});

test("quick changes arrive in their order", async () => {
  const here = keeper();
  await here.follow("ada");
  await Promise.all([here.change({ text_size: "large" }), here.change({ text_size: "small" })]);
  await here.send();
  expect(sent.at(-1)).toMatchObject({ text_size: "small" });
});

test("the next person gets their own, not what waited of the one before", async () => {
  const here = keeper();
  await here.follow("ada");
  isDown = true;
  await here.change({ theme: "dark" });
  isDown = false;
  await here.follow("bob");
  expect([here.state.get().theme, sent]).toEqual(["system", []]);
});

test("what is not understood is as we would have it", () => {
  const odd = { theme: "sepia", keymap: { accept: "A", reject: "X", dance: "D" } };
  expect(readPreferences(odd)).toEqual({ ...DEFAULT_PREFERENCES, keymap: { accept: "A" } });
  expect(readPreferences(null)).toEqual(DEFAULT_PREFERENCES);
});

test("the language is the chosen one, or the browser's first that we have", () => {
  expect(languageOf("en", ["de-AT"])).toBe("en");
  expect(languageOf("system", ["fr-CH", "de-AT", "en"])).toBe("de");
  expect(languageOf("system", ["fr"])).toBe("en");
});
