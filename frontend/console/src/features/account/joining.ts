import type { InvitationPreview } from "../../api/types";

/** What an invited person has to do: make an account, sign in to theirs first, or just join. */
export type Joining = "make account" | "sign in" | "join";

export function joiningOf(
  invitation: Pick<InvitationPreview, "has_account">,
  signedIn: boolean,
): Joining {
  if (!invitation.has_account) return "make account";
  return signedIn ? "join" : "sign in";
}
