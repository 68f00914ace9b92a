"""Reads of projects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models.functions import Coalesce

if TYPE_CHECKING:
    from controlplane.accounts.actors import Actor


def _count_of(path: str, **conditions: Any) -> Coalesce:
    """Return a correlated count over a reverse relation, without a join that multiplies rows."""
    from controlplane.projects import models as tables

    model: type[models.Model] = getattr(tables, path)
    rows = model._default_manager.filter(project=models.OuterRef("pk"), **conditions)
    counts = rows.order_by().values("project").annotate(total=models.Count("pk")).values("total")
    return Coalesce(models.Subquery(counts), 0)


def _sum_of(column: str) -> Coalesce:
    from controlplane.projects.models import Dataset

    rows = Dataset.objects.filter(project=models.OuterRef("pk")).order_by().values("project")
    sums = rows.annotate(total=models.Sum(column)).values("total")
    return Coalesce(models.Subquery(sums, output_field=models.BigIntegerField()), 0)


class ProjectQuerySet(models.QuerySet[Any]):
    """Reads of projects: which ones a person may see, and what a list shows of each."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the projects the actor's role shows, or to which they were added."""
        if actor.sees_every_project:
            return self
        return self.filter(project_members__membership__user=actor.user)

    def with_counts(self) -> Self:
        """Annotate what the list and the guided first run show of a project."""
        from controlplane.board.models import TrainedModel

        trained = TrainedModel.objects.filter(
            project=models.OuterRef("pk"), trained_at__isnull=False
        )
        return self.annotate(
            count_examples=_sum_of("examples"),
            count_answered=_sum_of("accepted") + _sum_of("rejected") + _sum_of("ignored"),
            count_labels=_count_of("Label", retired=False),
            count_held_back=_count_of("Dataset", role="evaluation"),
            count_people=_count_of("ProjectMember"),
            count_tasks=_count_of("Task"),
            count_suggestions=_count_of("Task", suggestions_id__isnull=False),
            count_models=Coalesce(
                models.Subquery(
                    trained.order_by()
                    .values("project")
                    .annotate(total=models.Count("pk"))
                    .values("total")
                ),
                0,
            ),
        )


class TaskQuerySet(models.QuerySet[Any]):
    """Reads of tasks."""

    def with_people(self) -> Self:
        """Fetch the annotators and their names in two queries, however many tasks there are."""
        rows = self.select_related("project__cluster", "published__package")
        return rows.prefetch_related("annotators__user")
