"""Datasets and assets follow the project's configuration. Nothing is deleted here."""

from __future__ import annotations

from annex.contract.inbound import AssetSnapshot, ConfigSnapshot, DatasetSnapshot

from worker.projects.hooks import AppliedSnapshot, on_snapshot
from worker.store.models import Asset, Dataset


@on_snapshot
def follow_snapshot(applied: AppliedSnapshot) -> None:
    """Create and rename the project's datasets and assets. Runs in the snapshot's transaction."""
    snapshot = applied.snapshot
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
