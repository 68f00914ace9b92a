import type { Example } from "@annex/annotator-core";
import { useCallback, useMemo, useState } from "react";

/** What this page knows of an example's comments beyond its batch. It goes with the page. */
interface Known {
  readonly count?: number;
  /** Written and not sent. */
  readonly unsent?: string;
}

/** How many comments the example in hand has, and the words for another that were not sent yet. */
export function useComments(example: Example | undefined) {
  const [known, setKnown] = useState<ReadonlyMap<string, Known>>(new Map());
  const id = example?.id ?? "";
  const keep = useCallback(
    (news: Known) => setKnown((before) => new Map(before).set(id, { ...before.get(id), ...news })),
    [id],
  );
  const setCount = useCallback((count: number) => keep({ count }), [keep]);
  const setUnsent = useCallback((unsent: string) => keep({ unsent }), [keep]);
  const { count = example?.comments ?? 0, unsent = "" } = known.get(id) ?? {};
  return useMemo(
    () => ({ count, unsent, setCount, setUnsent }),
    [count, unsent, setCount, setUnsent],
  );
}
