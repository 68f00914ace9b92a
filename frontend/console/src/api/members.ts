import { queryOptions } from "@tanstack/react-query";
import { getAll, organizationPath, patch, remove } from "./client";
import { organizationKey } from "./keys";
import type { Member, Role } from "./types";

export const membersKey = (organization: string) =>
  [...organizationKey(organization), "members"] as const;

export const membersQuery = (organization: string) =>
  queryOptions({
    queryKey: membersKey(organization),
    queryFn: () => getAll<Member>(organizationPath(organization, "members")),
  });

export const changeRole = (organization: string, member: string, role: Role) =>
  patch<Member>(organizationPath(organization, "members", member), { role });

export const removeMember = (organization: string, member: string) =>
  remove(organizationPath(organization, "members", member));
