"""Reads of models and evaluations."""

from __future__ import annotations

from typing import Any, Self

from django.db import models


class EvaluationQuerySet(models.QuerySet[Any]):
    """Reads of evaluations."""

    def scored(self) -> Self:
        """Keep the evaluations whose numbers have come."""
        return self.filter(finished_at__isnull=False)

    def with_names(self) -> Self:
        """Fetch what a row shows beside its numbers in the same query."""
        return self.select_related(
            "rules", "model", "combination", "job", "dataset", "project__cluster"
        )
