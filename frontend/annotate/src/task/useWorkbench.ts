import { Records, Saver, TaskApi, Workbench } from "@annex/annotator-core";
import { useEffect, useState, useSyncExternalStore } from "react";
import { http, onSignedInElsewhere } from "../app/session";

const EXTEND_EVERY_MS = 4 * 60_000;

/** Set up one annotator at one task for as long as the page lives. Null for the first moment. */
export function useWorkbench(taskId: string, subject: string): Workbench | null {
  const [bench, setBench] = useState<Workbench | null>(null);
  useEffect(() => {
    const made = createWorkbench(taskId, subject);
    setBench(made);
    void made.start();
    const stop = followThePage(made);
    return () => {
      stop();
      made.close();
    };
  }, [taskId, subject]);
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
  const extend = setInterval(() => {
    if (document.visibilityState === "visible") void bench.extendLeases();
  }, EXTEND_EVERY_MS);
  const stopListening = onSignedInElsewhere(() => void bench.resume());
  window.addEventListener("online", flush);
  window.addEventListener("pagehide", leave);
  window.addEventListener("pageshow", comeBack);
  return () => {
    clearInterval(extend);
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
