import { QueryCache, QueryClient } from "@tanstack/react-query";
import { meKey } from "./api/me";
import { Problem } from "./api/problem";
import { signInAddress } from "./features/account/next";

const RETRIES = 2;

/** Our refusals are final; only a network that failed or a passing fault is worth asking again. */
function worthRetrying(failures: number, error: Error): boolean {
  const passing = error instanceof Problem && (error.status === 0 || error.status >= 502);
  return passing && failures < RETRIES;
}

function onQueryError(error: Error): void {
  if (!(error instanceof Problem) || error.status !== 401) return;
  queryClient.setQueryData(meKey, null);
  window.location.assign(signInAddress(window.location));
}

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: onQueryError }),
  defaultOptions: { queries: { retry: worthRetrying, staleTime: 1_000 } },
});
