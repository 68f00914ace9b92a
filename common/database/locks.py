"""One at a time across all processes of the cluster."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection


@contextmanager
def only_one(what: str, key: UUID) -> Iterator[bool]:
    """Say whether this process may do something that one at a time may do.

    The database's session holds the lock, so that it is free again when the process is gone. It
    only saves work: what is written is fenced by the rows themselves.
    """
    name = f"{what}:{key}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [name])
        is_held = bool(cursor.fetchone()[0])
    try:
        yield is_held
    finally:
        if is_held:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [name])
