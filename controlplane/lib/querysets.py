"""Reads that every noun shares."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from django.db import models

from controlplane.lib.errors import NotFound

M = TypeVar("M", bound=models.Model)


def get_or_not_found(rows: models.QuerySet[M], row_id: UUID | str) -> M:
    """Return the one row with this id among `rows`, or raise NotFound.

    An id that is not a UUID is as missing as one that nobody ever minted.
    """
    try:
        wanted = row_id if isinstance(row_id, UUID) else UUID(str(row_id))
    except ValueError:
        raise NotFound from None
    row = rows.filter(pk=wanted).first()
    if row is None:
        raise NotFound
    return row
