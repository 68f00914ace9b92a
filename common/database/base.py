"""The backend itself; Django looks for it under this name."""

from __future__ import annotations

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL, whose connections are checked without a round trip.

    A server that went away has ended its side of the socket, and that can be read here. Django
    would ask `SELECT 1` at the start of every request.
    """

    def is_usable(self) -> bool:
        """Say whether the connection can be used; ask the server only when something is odd."""
        if self.connection is None or self.connection.closed or self.errors_occurred:
            return bool(super().is_usable())
        return not _is_readable(self.connection.fileno()) or bool(super().is_usable())


def _is_readable(descriptor: int) -> bool:
    """Say whether something arrived that nobody asked for, such as the end of the connection."""
    poll = select.poll()  # unlike select, takes descriptors over 1023
    poll.register(descriptor, select.POLLIN | select.POLLHUP | select.POLLERR)
    return bool(poll.poll(0))
