import { type Keymap, readKeymap } from "@annex/annotator-core";
import { useCallback, useState } from "react";

const KEY = "annex.keymap";

/** The person's own keys, kept in this browser. */
export function useKeymap(): [Keymap, (keymap: Keymap) => void] {
  const [keymap, setKeymap] = useState(() => readKeymap(localStorage.getItem(KEY)));
  const change = useCallback((next: Keymap) => {
    localStorage.setItem(KEY, JSON.stringify(next));
    setKeymap(next);
  }, []);
  return [keymap, change];
}
