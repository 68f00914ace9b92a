import { queryOptions } from "@tanstack/react-query";
import { get, getAll, organizationPath, post, remove } from "./client";
import { organizationKey } from "./keys";
import { openSession } from "./session";
import type { Invitation, InvitationPreview, Role } from "./types";

export const invitationsKey = (organization: string) =>
  [...organizationKey(organization), "invitations"] as const;

export const invitationsQuery = (organization: string) =>
  queryOptions({
    queryKey: invitationsKey(organization),
    queryFn: () => getAll<Invitation>(organizationPath(organization, "invitations")),
  });

export const invite = (organization: string, input: { email: string; role: Role }) =>
  post<Invitation>(organizationPath(organization, "invitations"), input);

export const withdrawInvitation = (organization: string, invitation: string) =>
  remove(organizationPath(organization, "invitations", invitation));

const tokenPath = (token: string) => `/api/v1/invitations/${encodeURIComponent(token)}`;

/** What a mail link invites to. The session is opened first so that accepting has its CSRF cookie. */
export const invitationPreviewQuery = (token: string) =>
  queryOptions({
    queryKey: ["invitation", token],
    queryFn: async () => {
      await openSession();
      return get<InvitationPreview>(tokenPath(token));
    },
    retry: false,
  });

export interface Acceptance {
  name?: string;
  password?: string;
}

export const acceptInvitation = (token: string, acceptance: Acceptance) =>
  post<unknown>(`${tokenPath(token)}/accept`, acceptance);
