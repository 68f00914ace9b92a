/**
 * What someone made in the console a moment ago may still be on its way to the cluster. A page that
 * was just opened therefore asks again for a while before it says "not here".
 */
import { RefusedError } from "./http";

export interface Patience {
  readonly forMs?: number;
  readonly everyMs?: number;
}

/** Load; while the worker answers 404, again, until `forMs` are over. Raises: what `load` raised last. */
export async function patiently<T>(load: () => Promise<T>, patience: Patience = {}): Promise<T> {
  const { forMs = 20_000, everyMs = 700 } = patience;
  const until = Date.now() + forMs;
  for (;;) {
    try {
      return await load();
    } catch (error) {
      if (!isNotHere(error) || Date.now() >= until) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

function isNotHere(error: unknown): boolean {
  return error instanceof RefusedError && error.problem.status === 404;
}
