"""What the control plane may tell this app."""

from __future__ import annotations

from uuid import UUID

from annex.contract.inbound import ConfigSnapshot

from worker.link.commands import CommandRefused, handles
from worker.projects.actions import SnapshotRefused, apply_snapshot


@handles(ConfigSnapshot)
def handle_snapshot(command_id: UUID, body: ConfigSnapshot) -> None:
    """Apply the project's configuration; an older version than the applied one changes nothing."""
    try:
        apply_snapshot(body)
    except SnapshotRefused:
        raise CommandRefused from None
