import { queryOptions } from "@tanstack/react-query";
import { answer, api, everyRow } from "./client";
import { organizationKey } from "./keys";
import type { ApiToken, NewApiToken, Role } from "./types";

const TOKENS = "/api/v1/organizations/{organization}/tokens";

export const tokensKey = (organization: string) =>
  [...organizationKey(organization), "tokens"] as const;

export const tokensQuery = (organization: string) =>
  queryOptions({
    queryKey: tokensKey(organization),
    queryFn: () =>
      everyRow<ApiToken>((query) => api.GET(TOKENS, { params: { path: { organization }, query } })),
  });

/** The answer carries `secret`, this once and never again. */
export const createToken = (organization: string, body: { name: string; role: Role }) =>
  answer<NewApiToken>(api.POST(TOKENS, { params: { path: { organization } }, body }));

export const revokeToken = (organization: string, token: string) =>
  answer<void>(api.DELETE(`${TOKENS}/{token}`, { params: { path: { organization, token } } }));
