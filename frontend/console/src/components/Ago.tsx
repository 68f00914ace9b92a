import { useSyncExternalStore } from "react";
import { ago, exactly } from "../format/time";

const TICK_MS = 10_000;
const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  now = Date.now();
  for (const listener of listeners) listener();
}

/** One clock for all relative times on the page. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}

/** "3 minutes ago", with the exact time as its tooltip. */
export function Ago({ at, never = "never" }: { at: string | null | undefined; never?: string }) {
  const current = Math.max(useNow(), Date.now() - TICK_MS);
  if (!at) return <span>{never}</span>;
  return (
    <time dateTime={at} title={exactly(at)}>
      {ago(at, current)}
    </time>
  );
}
