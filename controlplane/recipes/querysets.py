"""Reads of recipes."""

from __future__ import annotations

import re
from typing import Any, Self
from uuid import UUID

from django.db import models

FULL_NAME = re.compile(r"(?P<name>.+)\.v(?P<version>[1-9][0-9]{0,3})")


class RecipeQuerySet(models.QuerySet[Any]):
    """Reads of recipes."""

    def on_cluster(self, cluster_id: UUID) -> Self:
        """Keep what runs on a cluster."""
        return self.filter(package__cluster=cluster_id)

    def called(self, full_name: str) -> Self:
        """Keep every package's recipe of this name, `polite.check.v1`."""
        parts = FULL_NAME.fullmatch(full_name)
        if parts is None:
            return self.none()
        return self.filter(name=parts["name"], version=int(parts["version"]))

    def newest(self) -> Any | None:
        """Return the one whose package has the highest version, or None."""
        rows = self.select_related("package")
        return max(rows, key=lambda row: row.package.order, default=None)
