import { queryOptions } from "@tanstack/react-query";
import { answer, api, everyRow } from "./client";
import { organizationKey } from "./keys";
import type { Member, Role } from "./types";

const MEMBERS = "/api/v1/organizations/{organization}/members";

export const membersKey = (organization: string) =>
  [...organizationKey(organization), "members"] as const;

export const membersQuery = (organization: string) =>
  queryOptions({
    queryKey: membersKey(organization),
    queryFn: () =>
      everyRow<Member>((query) => api.GET(MEMBERS, { params: { path: { organization }, query } })),
  });

export const changeRole = (organization: string, member: string, role: Role) =>
  answer<Member>(
    api.PATCH(`${MEMBERS}/{member}`, {
      params: { path: { organization, member } },
      body: { role },
    }),
  );

export const removeMember = (organization: string, member: string) =>
  answer<void>(api.DELETE(`${MEMBERS}/{member}`, { params: { path: { organization, member } } }));
