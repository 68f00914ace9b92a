import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "./client";
import { openSession } from "./session";
import type { Me, OrganizationRef } from "./types";

export const meKey = ["me"] as const;

/** Who is signed in, or null. Opening the session first sets the CSRF cookie for later writes. */
export const meQuery = queryOptions({
  queryKey: meKey,
  queryFn: async (): Promise<Me | null> =>
    (await openSession()) ? answer<Me>(api.GET("/api/v1/me")) : null,
  staleTime: 60_000,
});

export const createOrganization = (name: string) =>
  answer<OrganizationRef>(api.POST("/api/v1/organizations", { body: { name } }));
