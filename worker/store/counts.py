"""Totals of a dataset, and telling the control plane of them."""

from __future__ import annotations

from uuid import UUID

from annex.contract.enums import DatasetRole, Verdict
from annex.contract.outbound import DatasetChanged
from django.db import connection
from django.db.models import Sum

from worker.link.outbox import emit
from worker.projects.models import Task
from worker.store.label_changes import scheme_digest
from worker.store.models import Dataset, Example, ImportRun

STEP = 200
"""A stranger's examples are told in such steps."""


def dataset_totals(dataset: Dataset) -> DatasetChanged:
    """Count the dataset's visible examples, and its answered ones by their last verdict."""
    verdicts = _verdict_counts(dataset.id)
    return DatasetChanged(
        dataset=dataset.id,
        role=DatasetRole(dataset.role),
        examples=_count_examples(dataset, answered=sum(verdicts.values())),
        accepted=verdicts.get(Verdict.ACCEPT, 0),
        rejected=verdicts.get(Verdict.REJECT, 0),
        ignored=verdicts.get(Verdict.IGNORE, 0),
        unregistered=_sum_of_imports(dataset.id, "unregistered"),
        scheme=scheme_digest(dataset.id),
    )


def told_examples(answered: int, *, is_open: bool) -> int:
    """Return what is told of how many examples there are, where a stranger's recipe gives them.

    It could spell text in that number, and change it as often as it likes: so what is told depends
    on what people have answered, and nothing else.

    Args: is_open: whether more may be answered.
    """
    return (answered // STEP + 1) * STEP if is_open else answered


def emit_dataset_changed(dataset_id: UUID) -> None:
    """Put the dataset's totals into the outbox. Effects: one event in the caller's transaction."""
    emit(dataset_totals(Dataset.objects.get(id=dataset_id)))


# Counted in the rows that are last themselves: finding each by its id again took twice as long.
_VERDICTS = """
SELECT verdict, count(*) FROM (
    SELECT DISTINCT ON (answer.example_id) answer.verdict
    FROM worker_store_answer answer
    JOIN worker_store_example example ON example.id = answer.example_id
    WHERE example.dataset_id = %s AND example.visible
    ORDER BY answer.example_id, answer.answered_at DESC, answer.id
) latest GROUP BY verdict
"""


def _verdict_counts(dataset_id: UUID) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(_VERDICTS, [dataset_id])
        return dict(cursor.fetchall())


def _count_examples(dataset: Dataset, *, answered: int) -> int:
    tasks = Task.objects.filter(dataset_id=dataset.id, published__isnull=False)
    strangers = [task for task in tasks.only("published", "state") if task.is_of_strangers]
    if not strangers:
        return Example.objects.visible_in([dataset.id]).count()
    told = told_examples(answered, is_open=any(not task.is_closed for task in strangers))
    return max(told, _sum_of_imports(dataset.id, "rows"))


def _sum_of_imports(dataset_id: UUID, column: str) -> int:
    runs = ImportRun.objects.filter(asset__dataset_id=dataset_id, state=ImportRun.State.VISIBLE)
    return runs.aggregate(total=Sum(column))["total"] or 0
