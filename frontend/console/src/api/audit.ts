import { infiniteQueryOptions } from "@tanstack/react-query";
import { answer, api, cursorOf } from "./client";
import { organizationKey } from "./keys";
import type { AuditRow, Page } from "./types";

const AUDIT = "/api/v1/organizations/{organization}/audit";

/** The audit log, newest first, a page at a time. */
export const auditQuery = (organization: string) =>
  infiniteQueryOptions({
    queryKey: [...organizationKey(organization), "audit"],
    queryFn: ({ pageParam }) => {
      const query = pageParam ? { cursor: pageParam } : {};
      return answer<Page<AuditRow>>(api.GET(AUDIT, { params: { path: { organization }, query } }));
    },
    initialPageParam: "",
    getNextPageParam: (page) => cursorOf(page.next),
  });
