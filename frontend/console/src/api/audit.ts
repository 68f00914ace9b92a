import { infiniteQueryOptions } from "@tanstack/react-query";
import { get, organizationPath, sameOriginPath } from "./client";
import { organizationKey } from "./keys";
import type { AuditRow, Page } from "./types";

/** The audit log, newest first, a page at a time. */
export const auditQuery = (organization: string) =>
  infiniteQueryOptions({
    queryKey: [...organizationKey(organization), "audit"],
    queryFn: ({ pageParam }) => get<Page<AuditRow>>(pageParam),
    initialPageParam: organizationPath(organization, "audit"),
    getNextPageParam: (page) => page.next && sameOriginPath(page.next),
  });
