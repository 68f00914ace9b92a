"""What the control plane may tell this app."""

from __future__ import annotations

from uuid import UUID

from annex.contract.inbound import SessionRevoke

from worker.link.commands import handles
from worker.people.sessions import end_sessions


@handles(SessionRevoke)
def handle_revoke(command_id: UUID, body: SessionRevoke) -> None:
    """End a removed member's sessions. The approval stays: taking it back is a local decision."""
    end_sessions(body.subject)
