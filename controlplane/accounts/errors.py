"""What can go wrong with people and what lets them in."""

from __future__ import annotations

from controlplane.lib.errors import Conflict, InvalidRequest, NotFound


class LastOwner(Conflict):
    """An organization without an owner could never be managed again."""

    code = "member.last_owner"
    title = "The organization needs an owner"
    what_to_do = "Make another member an owner first."


class AlreadyMember(Conflict):
    """The invited address belongs to someone who is in the organization."""

    code = "invitation.already_member"
    title = "This person is already a member"
    what_to_do = "Change their role on the people page instead."


class AlreadyInvited(Conflict):
    """There is an open invitation to this address."""

    code = "invitation.already_invited"
    title = "This address has already been invited"
    what_to_do = "Withdraw the earlier invitation, then invite again."


class InvitationGone(NotFound):
    """No such invitation, or it was withdrawn or accepted."""

    code = "invitation.not_found"
    title = "This invitation is not valid any more"
    what_to_do = "Ask whoever invited you for a new one."


class InvitationExpired(Conflict):
    """The invitation is older than it may be."""

    code = "invitation.expired"
    title = "This invitation has expired"
    what_to_do = "Ask whoever invited you for a new one."


class SignInFirst(Conflict):
    """The invited address has an account; only its owner may accept."""

    code = "invitation.sign_in_first"
    title = "There is an account for the invited address"
    what_to_do = "Sign in with that address and accept again."


class RoleTooStrong(InvalidRequest):
    """Nobody gives away a role stronger than their own."""

    code = "member.role_too_strong"
    title = "You cannot give a role stronger than your own"
    what_to_do = "Choose a weaker role, or ask someone with a stronger one."


class DeviceLoginGone(NotFound):
    """No such login, or its token was collected."""

    code = "device_login.not_found"
    title = "No login waits under this code"
    what_to_do = "Check the code, or run `annex login` again."


class DeviceLoginExpired(Conflict):
    """Nobody approved the login in time."""

    code = "device_login.expired"
    title = "This login has expired"
    what_to_do = "Run `annex login` again."


class DeviceLoginRefused(Conflict):
    """A person refused the login."""

    code = "device_login.refused"
    title = "The login was refused"
    what_to_do = "If that was a mistake, run `annex login` again."


class DeviceLoginDecided(Conflict):
    """The login was approved or refused before."""

    code = "device_login.decided"
    title = "This login has been decided already"
    what_to_do = "To let another machine in, run `annex login` there."
