/** What a job of a published recipe runs, out of what it was started with. */
import type { Job } from "../../api/types";
import type { Values } from "../recipes/drafts";

export interface PublishedJob {
  package: string;
  version: string;
  arguments: Values;
}

/** Null for a job of a recipe that says itself what it works on. */
export function publishedJob({ arguments: started }: Pick<Job, "arguments">): PublishedJob | null {
  const { package: name, package_version: version, arguments: own } = started;
  if (typeof name !== "string" || typeof version !== "string") return null;
  return { package: name, version, arguments: (own ?? {}) as Values };
}
