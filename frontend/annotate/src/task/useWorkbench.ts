import { Records, Saver, TaskApi, Workbench } from "@annex/annotator-core";
import { useEffect, useState, useSyncExternalStore } from "react";
import { http, onSignedInElsewhere } from "../app/session";

/** Well under the two minutes of silence after which the worker gives an example away. */
const EXTEND_EVERY_MS = 45_000;
const AWAY_AFTER_MS = 5 * 60_000;
const SIGNS_OF_LIFE = ["pointerdown", "pointermove", "keydown", "wheel"] as const;

/** Set up one annotator at one task for as long as the page lives. Null for the first moment. */
export function useWorkbench(taskId: string, subject: string, example?: string): Workbench | null {
  const [bench, setBench] = useState<Workbench | null>(null);
  useEffect(() => {
    const made = createWorkbench(taskId, subject);
    setBench(made);
    void made.start(example);
    const stop = followThePage(made);
    return () => {
      stop();
      made.close();
    };
  }, [taskId, subject, example]);
  return bench;
}

function createWorkbench(taskId: string, subject: string): Workbench {
  const api = new TaskApi(http, taskId);
  const records = new Records(localStorage, subject);
  let bench: Workbench | undefined;
  const saver = new Saver(api, records, { onProgress: (progress) => bench?.setProgress(progress) });
  bench = new Workbench(api, records, saver);
  return bench;
}

/** Network back: send. Signed in again: go on. Page leaves: give back what is untouched. */
function followThePage(bench: Workbench): () => void {
  const flush = () => void bench.saver.flush();
  const leave = () => bench.close();
  const comeBack = (event: PageTransitionEvent) => event.persisted && location.reload();
  let lastSign = performance.now();
  const sign = () => {
    lastSign = performance.now();
  };
  const extend = setInterval(() => {
    const isAway = performance.now() - lastSign > AWAY_AFTER_MS;
    if (document.visibilityState === "visible" && !isAway) void bench.extendLeases();
  }, EXTEND_EVERY_MS);
  for (const kind of SIGNS_OF_LIFE) window.addEventListener(kind, sign, { passive: true });
  const stopListening = onSignedInElsewhere(() => void bench.resume());
  window.addEventListener("online", flush);
  window.addEventListener("pagehide", leave);
  window.addEventListener("pageshow", comeBack);
  return () => {
    clearInterval(extend);
    for (const kind of SIGNS_OF_LIFE) window.removeEventListener(kind, sign);
    stopListening();
    window.removeEventListener("online", flush);
    window.removeEventListener("pagehide", leave);
    window.removeEventListener("pageshow", comeBack);
  };
}

export function useBenchState(bench: Workbench) {
  return useSyncExternalStore(bench.state.subscribe, bench.state.get);
}

export function useSaverState(bench: Workbench) {
  return useSyncExternalStore(bench.saver.state.subscribe, bench.saver.state.get);
}
