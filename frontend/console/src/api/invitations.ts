import { queryOptions } from "@tanstack/react-query";
import { answer, api, everyRow } from "./client";
import { organizationKey } from "./keys";
import { openSession } from "./session";
import type { Invitation, InvitationPreview, Me, Role } from "./types";

const INVITATIONS = "/api/v1/organizations/{organization}/invitations";
const BY_LINK = "/api/v1/invitations/{token}";

export const invitationsKey = (organization: string) =>
  [...organizationKey(organization), "invitations"] as const;

export const invitationsQuery = (organization: string) =>
  queryOptions({
    queryKey: invitationsKey(organization),
    queryFn: () =>
      everyRow<Invitation>((query) =>
        api.GET(INVITATIONS, { params: { path: { organization }, query } }),
      ),
  });

export const invite = (organization: string, body: { email: string; role: Role }) =>
  answer<Invitation>(api.POST(INVITATIONS, { params: { path: { organization } }, body }));

export const withdrawInvitation = (organization: string, invitation: string) =>
  answer<void>(
    api.DELETE(`${INVITATIONS}/{invitation}`, { params: { path: { organization, invitation } } }),
  );

/** What a mail link invites to. The session is opened first so that accepting has its CSRF cookie. */
export const invitationPreviewQuery = (token: string) =>
  queryOptions({
    queryKey: ["invitation", token],
    queryFn: async () => {
      await openSession();
      return answer<InvitationPreview>(api.GET(BY_LINK, { params: { path: { token } } }));
    },
    retry: false,
  });

export interface Acceptance {
  name: string;
  password: string;
}

/** Join, and be signed in. An existing account needs neither name nor password. */
export const acceptInvitation = (token: string, body: Acceptance) =>
  answer<Me>(api.POST(`${BY_LINK}/accept`, { params: { path: { token } }, body }));
