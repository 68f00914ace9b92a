import { useCallback, useEffect, useState } from "react";
import { type Explained, explain, type Loaded } from "../app/loading";
import { http } from "../app/session";
import { useText } from "../i18n/text";

interface Paged<R> {
  readonly rows: readonly R[];
  readonly next: number | null;
}

/** Fetch a list that goes on, anew for each address; `older` adds what comes after. */
export function usePaged<R, P extends Paged<R>>(
  address: string,
): {
  state: Loaded<P>;
  older: (() => void) | null;
  problem: Explained | null;
  reload: () => void;
} {
  const text = useText();
  const [state, setState] = useState<Loaded<P>>({ kind: "loading" });
  const [problem, setProblem] = useState<Explained | null>(null);
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a further try loads the same again
  useEffect(() => {
    let wanted = true;
    setProblem(null);
    http.get<P>(address).then(
      (value) => wanted && setState({ kind: "ready", value }),
      (error) => wanted && setState({ kind: "failed", problem: explain(error, text) }),
    );
    return () => {
      wanted = false;
    };
  }, [address, tries, text]);
  const next = state.kind === "ready" ? state.value.next : null;
  const older = useCallback(async () => {
    try {
      const more = await http.get<P>(
        `${address}${address.includes("?") ? "&" : "?"}before=${next}`,
      );
      setState((before) => joined(before, more));
      setProblem(null);
    } catch (error) {
      setProblem(explain(error, text));
    }
  }, [address, next, text]);
  const reload = useCallback(() => setTries((count) => count + 1), []);
  return { state, older: next === null ? null : () => void older(), problem, reload };
}

function joined<R, P extends Paged<R>>(before: Loaded<P>, more: P): Loaded<P> {
  if (before.kind !== "ready") return before;
  return { kind: "ready", value: { ...more, rows: [...before.value.rows, ...more.rows] } };
}
