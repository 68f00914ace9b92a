"""Background work of the accounts: mail."""

from __future__ import annotations

from uuid import UUID

from celery import shared_task

from controlplane.accounts.models import Invitation
from controlplane.lib.tenancy import tenant

MAIL_ATTEMPTS = 5


@shared_task(autoretry_for=(OSError,), retry_backoff=True, max_retries=MAIL_ATTEMPTS)
def send_invitation_task(organization_id: str, invitation_id: str) -> None:
    """Send one invitation's mail, unless it was withdrawn or accepted meanwhile."""
    from controlplane.accounts.invitations import send_invitation

    with tenant(UUID(organization_id)):
        invitation = (
            Invitation.objects.select_related("organization", "invited_by")
            .filter(pk=invitation_id, accepted_at=None)
            .first()
        )
        if invitation is not None:
            send_invitation(invitation)
