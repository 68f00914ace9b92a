"""Reads of examples and answers."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any
from uuid import UUID

from annex.contract.enums import Component
from django.db import models

if TYPE_CHECKING:
    from worker.store.models import Answer, Example  # noqa: F401  named as text in the bases


class ExampleQuerySet(models.QuerySet["Example"]):
    """Examples; every reader but the import starts at `visible_in`."""

    def visible_in(self, dataset_ids: Collection[UUID]) -> ExampleQuerySet:
        """Return the examples of the datasets that people may see, in file order."""
        return self.filter(dataset_id__in=dataset_ids, visible=True).order_by("id")


class AnswerQuerySet(models.QuerySet["Answer"]):
    """Answers; several may exist for one example."""

    def latest_in(self, dataset_ids: Collection[UUID]) -> AnswerQuerySet:
        """Return one answer per visible example of the datasets: the last one given."""
        return (
            self.filter(example__dataset_id__in=dataset_ids, example__visible=True)
            .order_by("example_id", "-answered_at", "id")
            .distinct("example_id")
        )

    def asked_for(self, component: Component) -> AnswerQuerySet:
        """Return the answers whose annotator was asked for what the component predicts."""
        return self.filter(**{f"{component.says}__isnull": False})

    def for_training(self, dataset_ids: Collection[UUID], component: Component) -> AnswerQuerySet:
        """Return the deciding answers that accept or reject, with their example."""
        decided: Any = self.asked_for(component).latest_in(dataset_ids).values("id")
        return (
            self.filter(id__in=decided, verdict__in=["accept", "reject"])
            .select_related("example")
            .order_by("example_id")
        )
