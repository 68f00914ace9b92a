"""What clusters report about assets, datasets and tasks. Applying an event twice changes nothing.

An id that is not of this cluster changes nothing either, and leaves an audit row: a cluster that
names other people's ids is broken or hostile.
"""

from __future__ import annotations

from uuid import UUID

from annex.contract import outbound
from annex.contract.enums import AssetKind, AssetState, DatasetRole, JobRecipe
from annex.contract.recipes import ImportArguments

from controlplane.accounts.actors import actor_of
from controlplane.accounts.subjects import users_of_subjects
from controlplane.audit.actions import record_for_cluster
from controlplane.clusters.events import on_event
from controlplane.clusters.models import Cluster
from controlplane.jobs.actions import create_job
from controlplane.projects.models import Asset, Dataset, Task, TaskAnnotator
from controlplane.projects.snapshots import send_project_snapshot

NAME_ROOM = 180
"""Of the 200 characters of a name, what is left when a suffix is put behind it."""


@on_event(outbound.AssetChanged)
def apply_asset_changed(cluster: Cluster, event: outbound.AssetChanged) -> None:
    """Take over an asset's numbers; data that became ready gets its datasets and its import."""
    asset = (
        Asset.objects.select_for_update(of=("self",))
        .select_related("project", "created_by")
        .filter(pk=event.asset, project__cluster=cluster, kind=event.kind.value)
        .first()
    )
    if asset is None:
        return note_stranger(cluster, "asset", event.asset)
    if event.version < asset.version:
        return None
    is_news = (asset.state, asset.version) != (event.state.value, event.version)
    _take_over(asset, event)
    if is_news and asset.kind == AssetKind.DATA and asset.state == AssetState.READY:
        start_import(asset)
    return None


def _take_over(asset: Asset, event: outbound.AssetChanged) -> None:
    asset.state = event.state.value
    asset.version = event.version
    asset.root = event.root or ""
    asset.rows = event.rows
    asset.size_bytes = event.size_bytes
    asset.hold_back = event.hold_back
    asset.save(update_fields=["state", "version", "root", "rows", "size_bytes", "hold_back"])


def start_import(asset: Asset) -> None:
    """Make the datasets a data asset goes to and start its import, for whoever named the asset."""
    dataset = asset.dataset or _dataset_for(asset, DatasetRole.TRAINING, asset.name)
    asset.dataset = dataset
    if asset.hold_back and asset.evaluation_dataset_id is None:
        name = f"{asset.name[:NAME_ROOM]} (held back)"
        asset.evaluation_dataset = _dataset_for(asset, DatasetRole.EVALUATION, name)
    asset.save(update_fields=["dataset", "evaluation_dataset"])
    send_project_snapshot(asset.project_id)
    create_job(
        organization=asset.organization,
        actor=actor_of(organization=asset.organization, user=asset.created_by),
        project=asset.project,
        recipe=JobRecipe.IMPORT,
        arguments=ImportArguments(
            asset=asset.id,
            dataset=dataset.id,
            evaluation_dataset=asset.evaluation_dataset_id,
        ),
    )


def _dataset_for(asset: Asset, role: DatasetRole, name: str) -> Dataset:
    taken = set(asset.project.datasets.values_list("name", flat=True))
    free, number = name, 2
    while free in taken:
        free, number = f"{name[:NAME_ROOM]} {number}", number + 1
    return Dataset.objects.create(
        organization_id=asset.organization_id, project=asset.project, name=free, role=role.value
    )


@on_event(outbound.DatasetChanged)
def apply_dataset_changed(cluster: Cluster, event: outbound.DatasetChanged) -> None:
    """Take over a dataset's totals. Its role was given here and is not for a cluster to change."""
    updated = Dataset.objects.filter(pk=event.dataset, project__cluster=cluster).update(
        examples=event.examples,
        accepted=event.accepted,
        rejected=event.rejected,
        ignored=event.ignored,
        unregistered=event.unregistered,
        scheme=event.scheme or "",
    )
    if not updated:
        note_stranger(cluster, "dataset", event.dataset)


@on_event(outbound.TaskProgressed)
def apply_task_progressed(cluster: Cluster, event: outbound.TaskProgressed) -> None:
    """Take over how far a task is."""
    updated = Task.objects.filter(pk=event.task, project__cluster=cluster).update(
        examples=event.examples,
        answered=event.answered,
        evaluation_examples=event.evaluation_examples,
        evaluation_answered=event.evaluation_answered,
    )
    if not updated:
        note_stranger(cluster, "task", event.task)


@on_event(outbound.TaskMeasured)
def apply_task_measured(cluster: Cluster, event: outbound.TaskMeasured) -> None:
    """Take over figures of a task's recipe; of those that it never declared, none."""
    task = (
        Task.objects.select_for_update(of=("self",))
        .select_related("published")
        .filter(pk=event.task, project__cluster=cluster)
        .first()
    )
    if task is None:
        return note_stranger(cluster, "task", event.task)
    known = len(task.published.metrics) if task.published else 0
    news = {str(each.metric): each.value for each in event.figures if each.metric < known}
    task.metrics = {**task.metrics, **news}
    task.save(update_fields=["metrics"])
    return None


@on_event(outbound.AnnotatorProgressed)
def apply_annotator_progressed(cluster: Cluster, event: outbound.AnnotatorProgressed) -> None:
    """Take over what one person answered in a task; the row is made if they were unassigned."""
    task = Task.objects.filter(pk=event.task, project__cluster=cluster).first()
    if task is None:
        return note_stranger(cluster, "task", event.task)
    users = users_of_subjects(cluster_id=cluster.id, subjects=[event.annotator])
    if event.annotator not in users:
        return note_stranger(cluster, "subject", event.annotator)
    counts = event.model_dump(include={"accepted", "rejected", "ignored", "working_seconds"})
    TaskAnnotator.objects.update_or_create(
        organization_id=cluster.organization_id,
        task=task,
        user_id=users[event.annotator],
        defaults=counts,
        create_defaults={**counts, "assigned": False},
    )
    return None


def note_stranger(cluster: Cluster, noun: str, noun_id: UUID) -> None:
    """Leave a trace of an id that does not belong to the cluster that sent it."""
    record_for_cluster(
        organization_id=cluster.organization_id,
        cluster_id=cluster.id,
        verb="cluster.named_unknown",
        noun=noun,
        noun_id=noun_id,
    )
