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
        """Fetch what the rows show beside their numbers, each thing once.

        Not by joins: most rows share their dataset and predictor, and planning seven joins takes
        PostgreSQL longer than reading the rows.
        """
        return self.prefetch_related("rules", "model", "combination", "job", "dataset")
