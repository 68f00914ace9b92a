import { type Problem, patiently, RefusedError, SignedOutError } from "@annex/annotator-core";
import { useCallback, useEffect, useState } from "react";

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
export function explain(error: unknown): Explained {
  if (error instanceof SignedOutError) {
    return {
      title: "You are signed out",
      whatToDo: "Sign in again to go on.",
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
    title: "The cluster does not answer",
    whatToDo: "Check your network, or wait a moment, then try again. Nothing was changed.",
    signedOut: false,
    errors: [],
  };
}

/** Fetch on arrival, patiently, and again on `reload`. `load` must be stable. */
export function useLoaded<T>(load: () => Promise<T>): {
  state: Loaded<T>;
  reload: () => void;
  put: (value: T) => void;
} {
  const [state, setState] = useState<Loaded<T>>({ kind: "loading" });
  const take = useCallback((loading: Promise<T>) => {
    let wanted = true;
    loading.then(
      (value) => wanted && setState({ kind: "ready", value }),
      (error) => wanted && setState({ kind: "failed", problem: explain(error) }),
    );
    return () => {
      wanted = false;
    };
  }, []);
  useEffect(() => take(patiently(load)), [take, load]);
  const reload = useCallback(() => void take(load()), [take, load]);
  const put = useCallback((value: T) => setState({ kind: "ready", value }), []);
  return { state, reload, put };
}
