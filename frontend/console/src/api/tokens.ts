import { queryOptions } from "@tanstack/react-query";
import { getAll, organizationPath, post, remove } from "./client";
import { organizationKey } from "./keys";
import type { ApiToken, Role } from "./types";

export const tokensKey = (organization: string) =>
  [...organizationKey(organization), "tokens"] as const;

export const tokensQuery = (organization: string) =>
  queryOptions({
    queryKey: tokensKey(organization),
    queryFn: () => getAll<ApiToken>(organizationPath(organization, "tokens")),
  });

/** The answer carries `secret`, this once and never again. */
export const createToken = (organization: string, input: { name: string; role: Role }) =>
  post<ApiToken & { secret: string }>(organizationPath(organization, "tokens"), input);

export const revokeToken = (organization: string, token: string) =>
  remove(organizationPath(organization, "tokens", token));
