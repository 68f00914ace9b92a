"""Totals of a dataset, and telling the control plane of them."""

from __future__ import annotations

from uuid import UUID

from annex.contract.enums import DatasetRole, Verdict
from annex.contract.outbound import DatasetChanged
from django.db.models import Count, Sum

from worker.link.outbox import emit
from worker.store.models import Answer, Dataset, Example, ImportRun


def dataset_totals(dataset: Dataset) -> DatasetChanged:
    """Count the dataset's visible examples, and its answered ones by their last verdict."""
    verdicts = _verdict_counts(dataset.id)
    return DatasetChanged(
        dataset=dataset.id,
        role=DatasetRole(dataset.role),
        examples=Example.objects.visible_in([dataset.id]).count(),
        accepted=verdicts.get(Verdict.ACCEPT, 0),
        rejected=verdicts.get(Verdict.REJECT, 0),
        ignored=verdicts.get(Verdict.IGNORE, 0),
        unregistered=_unregistered(dataset.id),
    )


def emit_dataset_changed(dataset_id: UUID) -> None:
    """Put the dataset's totals into the outbox. Effects: one event in the caller's transaction."""
    emit(dataset_totals(Dataset.objects.get(id=dataset_id)))


def _verdict_counts(dataset_id: UUID) -> dict[str, int]:
    latest = Answer.objects.latest_in([dataset_id]).values("id")
    rows = Answer.objects.filter(id__in=latest).values_list("verdict").annotate(n=Count("id"))
    return dict(rows)


def _unregistered(dataset_id: UUID) -> int:
    runs = ImportRun.objects.filter(asset__dataset_id=dataset_id, state=ImportRun.State.VISIBLE)
    return runs.aggregate(total=Sum("unregistered"))["total"] or 0
