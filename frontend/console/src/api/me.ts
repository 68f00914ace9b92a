import { queryOptions } from "@tanstack/react-query";
import { get, patch, post } from "./client";
import { openSession } from "./session";
import type { Me, OrganizationRef } from "./types";

export const meKey = ["me"] as const;

/** Who is signed in, or null. Opening the session first sets the CSRF cookie for later writes. */
export const meQuery = queryOptions({
  queryKey: meKey,
  queryFn: async (): Promise<Me | null> => ((await openSession()) ? get<Me>("/api/v1/me") : null),
  staleTime: 60_000,
});

export const renameMe = (name: string) => patch<Me>("/api/v1/me", { name });

export const createOrganization = (name: string) =>
  post<OrganizationRef>("/api/v1/organizations", { name });
