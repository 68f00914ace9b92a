import { type Problem, patiently, RefusedError, SignedOutError } from "@annex/annotator-core";
import { useCallback, useEffect, useMemo, useState } from "react";
import { type Text, useText } from "../i18n/text";

/** Something fetched: on its way, here, or not, with what a person can do about it. */
export type Loaded<T> =
  | { readonly kind: "loading" }
  | { readonly kind: "ready"; readonly value: T }
  | { readonly kind: "failed"; readonly problem: Explained };

export interface Explained {
  readonly title: string;
  readonly whatToDo: string;
  readonly signedOut: boolean;
  readonly errors: NonNullable<Problem["errors"]>;
}

/** Put any failure in words: what happened, what to do. */
export function explain(error: unknown, { frame }: Text): Explained {
  if (error instanceof SignedOutError) {
    return {
      title: frame.signedOut,
      whatToDo: frame.signedOutWhat,
      signedOut: true,
      errors: [],
    };
  }
  if (error instanceof RefusedError) {
    const { title, detail, what_to_do, errors } = error.problem;
    const whatToDo = [detail, what_to_do].filter(Boolean).join(" ");
    return { title, whatToDo, signedOut: false, errors: errors ?? [] };
  }
  return {
    title: frame.unreachable,
    whatToDo: frame.unreachableWhat,
    signedOut: false,
    errors: [],
  };
}

type Settled<T> =
  | { readonly kind: "loading" }
  | { readonly kind: "ready"; readonly value: T }
  | { readonly kind: "failed"; readonly error: unknown };

/** Fetch on arrival, patiently, and again on `reload`. `load` must be stable. */
export function useLoaded<T>(load: () => Promise<T>): {
  state: Loaded<T>;
  reload: () => void;
  put: (value: T) => void;
} {
  const text = useText();
  const [settled, setSettled] = useState<Settled<T>>({ kind: "loading" });
  const take = useCallback((loading: Promise<T>) => {
    let wanted = true;
    loading.then(
      (value) => wanted && setSettled({ kind: "ready", value }),
      (error) => wanted && setSettled({ kind: "failed", error }),
    );
    return () => {
      wanted = false;
    };
  }, []);
  useEffect(() => take(patiently(load)), [take, load]);
  const reload = useCallback(() => void take(load()), [take, load]);
  const put = useCallback((value: T) => setSettled({ kind: "ready", value }), []);
  const state = useMemo<Loaded<T>>(
    () =>
      settled.kind === "failed"
        ? { kind: "failed", problem: explain(settled.error, text) }
        : settled,
    [settled, text],
  );
  return { state, reload, put };
}
