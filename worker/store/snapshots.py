"""Datasets and assets follow the project's configuration. Nothing is deleted here."""

from __future__ import annotations

from itertools import chain
from uuid import UUID

from annex.contract.inbound import AssetSnapshot, ConfigSnapshot, DatasetSnapshot
from django.db.models import QuerySet

from worker.projects.actions import SnapshotRefused
from worker.projects.hooks import AppliedSnapshot, on_snapshot
from worker.store.models import Asset, Dataset


@on_snapshot
def follow_snapshot(applied: AppliedSnapshot) -> None:
    """Create and rename the project's datasets and assets. Runs in the snapshot's transaction.

    Raises: SnapshotRefused when anything in it names a dataset or asset of another project.
    """
    snapshot = applied.snapshot
    refuse_foreign(Dataset.objects.filter(id__in=named_datasets(snapshot)), snapshot.project)
    refuse_foreign(Asset.objects.filter(id__in=named_assets(snapshot)), snapshot.project)
    Dataset.objects.bulk_create(
        [_dataset(snapshot, dataset) for dataset in snapshot.datasets],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["name", "role"],
    )
    Asset.objects.bulk_create(
        [_asset(snapshot, asset) for asset in snapshot.assets],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["name", "dataset_id", "evaluation_dataset_id"],
    )


def named_datasets(snapshot: ConfigSnapshot) -> set[UUID]:
    """Return the ids of datasets that any part of the snapshot names."""
    named = [dataset.id for dataset in snapshot.datasets]
    of_assets = [(asset.dataset, asset.evaluation_dataset) for asset in snapshot.assets]
    of_tasks = [(task.dataset, task.evaluation_dataset) for task in snapshot.tasks]
    return {found for found in chain(named, *of_assets, *of_tasks) if found is not None}


def named_assets(snapshot: ConfigSnapshot) -> set[UUID]:
    """Return the ids of assets, and of what may be one, that any part of the snapshot names."""
    guidelines = {task.guidelines for task in snapshot.tasks if task.guidelines}
    suggestions = {task.suggestions.id for task in snapshot.tasks if task.suggestions}
    return {asset.id for asset in snapshot.assets} | guidelines | suggestions


def refuse_foreign(rows: QuerySet[Dataset] | QuerySet[Asset], project: UUID) -> None:
    """Raise SnapshotRefused when one of the rows belongs to another project.

    Otherwise a task of one project could show the text of another to its own people.
    """
    if rows.exclude(project_id=project).exists():
        raise SnapshotRefused


def _dataset(snapshot: ConfigSnapshot, dataset: DatasetSnapshot) -> Dataset:
    return Dataset(
        id=dataset.id,
        project_id=snapshot.project,
        name=dataset.name,
        role=dataset.role.value,
    )


def _asset(snapshot: ConfigSnapshot, asset: AssetSnapshot) -> Asset:
    return Asset(
        id=asset.id,
        project_id=snapshot.project,
        name=asset.name,
        kind=asset.kind.value,
        dataset_id=asset.dataset,
        evaluation_dataset_id=asset.evaluation_dataset,
    )
