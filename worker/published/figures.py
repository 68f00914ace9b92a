"""The figures of tasks' recipes, told so roughly and so seldom that they spell nothing.

A recipe chooses its figures and when it has them, and they cross to the control plane. So three
digits of each cross, within bounds, of a few at a time, once an hour, at the turn of a minute:
whatever a recipe does, an hour of it tells less than `MOST_BITS`. The names are those that it
declared when it was published; what crosses says only which of them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from annex.contract import process as p
from annex.contract.outbound import MAX_FIGURES, TaskFigure, TaskMeasured
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from worker.link.outbox import emit
from worker.projects.models import Task
from worker.published.models import TaskFigures
from worker.published.starting import StartedRecipe

PAUSE: Final = timedelta(hours=1)
MINUTES: Final = 60
SMALLEST: Final = 0.001
LARGEST: Final = 999_000.0
MOST_BITS: Final = 64
DIFFERENT: Final = 2 * 9 * 900 + 1
"""Values that a figure may have: either sign, nine powers of ten, three digits; and nought."""


def measure(task: Task, recipe: StartedRecipe) -> None:
    """Ask a recipe for its figures and keep them until they are told. Raises: RecipeFailed."""
    said = recipe.process.ask(p.Measure(), p.Measured, seconds=settings.RECIPE_SECONDS)
    found = declared(said.figures, recipe.metrics)
    if any(figure is not None for figure in found):
        TaskFigures.objects.get_or_create(task_id=task.id)
        since = Coalesce(F("measured_at"), timezone.now())
        kept = TaskFigures.objects.filter(task_id=task.id)
        kept.update(figures=found, measured_at=since)


def declared(figures: Mapping[str, float], metrics: Sequence[str]) -> list[float | None]:
    """Return the figures under declared names, roughly, in the order of the names."""
    return [coarse(figures[name]) if name in figures else None for name in metrics]


def coarse(value: float) -> float:
    """Return three digits of a figure, within bounds."""
    size = min(abs(value), LARGEST)
    if size < SMALLEST:
        return 0.0
    return math.copysign(float(f"{size:.2e}"), value)


def tell_figures(now: datetime | None = None) -> None:
    """Tell the control plane what has been measured before this minute, once an hour a task.

    Args: now: the present, unless a test says otherwise.
    """
    minute = (now or timezone.now()).replace(second=0, microsecond=0)
    rested = Q(told_at=None) | Q(told_at__lte=minute - PAUSE)
    with transaction.atomic():
        due = TaskFigures.objects.select_for_update(skip_locked=True).filter(rested)
        for row in due.filter(measured_at__lt=minute):
            _tell(row, minute)


def _tell(row: TaskFigures, minute: datetime) -> None:
    """Tell those whose turn it is, also when there are none of them: to leave them out is to say
    something too.
    """
    turns = max(1, math.ceil(len(row.figures) / MAX_FIGURES))
    first = row.turn % turns * MAX_FIGURES
    figures = [
        TaskFigure(metric=index, value=value)
        for index, value in enumerate(row.figures)
        if first <= index < first + MAX_FIGURES and value is not None
    ]
    if figures:
        emit(TaskMeasured(task=row.task_id, figures=figures))
    row.turn, row.told_at = row.turn + 1, minute
    if row.turn % turns == 0:
        row.measured_at = None
    row.save(update_fields=["turn", "told_at", "measured_at"])


def bits_an_hour() -> float:
    """Return how much a recipe can tell with its figures in an hour, at the very most.

    It chooses the minute, and each figure or none: as many of one as of the other.
    """
    return math.log2(1 + MINUTES * (DIFFERENT + 1) ** MAX_FIGURES)
