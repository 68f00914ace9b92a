"""What clusters report about assets, datasets and tasks."""

from __future__ import annotations

from uuid import uuid4

from annex.contract import outbound
from annex.contract.enums import AssetKind, AssetState, DatasetRole

from controlplane.accounts.subjects import subject_of
from controlplane.audit.models import AuditRow
from controlplane.clusters.actions import create_cluster
from controlplane.clusters.models import Cluster, Command
from controlplane.jobs.models import Job
from controlplane.lib.tenancy import tenant
from controlplane.projects.events import (
    apply_annotator_progressed,
    apply_asset_changed,
    apply_dataset_changed,
    apply_task_measured,
    apply_task_progressed,
)
from controlplane.projects.models import Asset, Dataset, Task, TaskAnnotator
from controlplane.recipes.actions import register_package
from tests.controlplane.cast import Cast, browser
from tests.controlplane.packages import a_package, a_recipe


def ready(asset: Asset, *, version: int = 1, hold_back: int = 500) -> outbound.AssetChanged:
    return outbound.AssetChanged(
        asset=asset.id,
        kind=AssetKind.DATA,
        state=AssetState.READY,
        version=version,
        rows=3500,
        size_bytes=1_000_000,
        hold_back=hold_back,
    )


def test_ready_data_gets_datasets_a_snapshot_and_then_its_import(cast: Cast) -> None:
    with tenant(cast.acme.id):
        apply_asset_changed(cast.cluster, ready(cast.data))
        asset = Asset.objects.select_related("dataset", "evaluation_dataset").get(pk=cast.data.pk)
        assert asset.dataset is not None
        assert asset.evaluation_dataset is not None
        assert (asset.dataset.role, asset.evaluation_dataset.role) == ("training", "evaluation")
        assert asset.evaluation_dataset.name == "tickets (held back)"
        job = Job.objects.get(recipe="import.v1")
        assert job.created_by == cast.olga
        assert job.arguments == {
            "asset": str(asset.id),
            "dataset": str(asset.dataset_id),
            "evaluation_dataset": str(asset.evaluation_dataset_id),
        }
        told = Command.objects.filter(type="config.snapshot").latest("seq").body
        assert str(asset.dataset_id) in [row["id"] for row in told["datasets"]]


def test_the_same_report_again_starts_nothing(cast: Cast) -> None:
    with tenant(cast.acme.id):
        for _ in range(2):
            apply_asset_changed(cast.cluster, ready(cast.data))
        assert Job.objects.filter(recipe="import.v1").count() == 1
        assert cast.project.datasets.count() == 4


def test_a_corrected_file_is_imported_again_into_the_same_datasets(cast: Cast) -> None:
    with tenant(cast.acme.id):
        apply_asset_changed(cast.cluster, ready(cast.data))
        apply_asset_changed(cast.cluster, ready(cast.data, version=2))
        assert Job.objects.filter(recipe="import.v1").count() == 2
        assert cast.project.datasets.count() == 4


def test_an_older_report_that_comes_late_is_not_believed(cast: Cast) -> None:
    with tenant(cast.acme.id):
        apply_asset_changed(cast.cluster, ready(cast.data, version=3))
        apply_asset_changed(cast.cluster, ready(cast.data, version=2))
        assert Asset.objects.get(pk=cast.data.pk).version == 3
        assert Job.objects.filter(recipe="import.v1").count() == 1


def test_without_a_hold_back_there_is_no_evaluation_dataset(cast: Cast) -> None:
    with tenant(cast.acme.id):
        apply_asset_changed(cast.cluster, ready(cast.data, hold_back=0))
        assert Asset.objects.get(pk=cast.data.pk).evaluation_dataset_id is None


def test_totals_and_progress_are_taken_over(cast: Cast) -> None:
    with tenant(cast.acme.id):
        apply_dataset_changed(cast.cluster, totals(cast.training))
        apply_task_progressed(
            cast.cluster, outbound.TaskProgressed(task=cast.task.id, examples=9, answered=4)
        )
        subject = subject_of(organization=cast.acme, cluster_id=cast.cluster.id, user=cast.anna)
        apply_annotator_progressed(cast.cluster, answered(cast.task, subject))
    path = f"/api/v1/organizations/acme/projects/{cast.project.id}"
    project = browser(cast.rita).get(path).json()
    assert project["counts"] == {"examples": 9, "answered": 6, "models": 0}
    task = browser(cast.rita).get(f"{path}/tasks/{cast.task.id}").json()
    assert task["progress"]["answered"] == 4
    assert [(row["name"], row["accepted"]) for row in task["annotators"]] == [("Anna", 3)]


def totals(dataset: Dataset) -> outbound.DatasetChanged:
    return outbound.DatasetChanged(
        dataset=dataset.id,
        role=DatasetRole.EVALUATION,
        examples=9,
        accepted=3,
        rejected=2,
        ignored=1,
    )


def answered(task: Task, subject: object) -> outbound.AnnotatorProgressed:
    return outbound.AnnotatorProgressed.model_validate(
        {
            "task": task.id,
            "annotator": subject,
            "accepted": 3,
            "rejected": 0,
            "ignored": 0,
            "working_seconds": 60,
        }
    )


def test_a_cluster_cannot_unfreeze_a_held_back_dataset(cast: Cast) -> None:
    with tenant(cast.acme.id):
        event = totals(cast.held_back).model_copy(update={"role": DatasetRole.TRAINING})
        apply_dataset_changed(cast.cluster, event)
        assert Dataset.objects.get(pk=cast.held_back.pk).role == "evaluation"


def test_ids_of_another_cluster_change_nothing_and_leave_a_trace(cast: Cast) -> None:
    with tenant(cast.acme.id):
        other = _other_cluster(cast)
        apply_asset_changed(other, ready(cast.data))
        apply_dataset_changed(other, totals(cast.training))
        apply_task_progressed(
            other, outbound.TaskProgressed(task=cast.task.id, examples=9, answered=4)
        )
        apply_annotator_progressed(other, answered(cast.task, uuid4()))
        apply_annotator_progressed(cast.cluster, answered(cast.task, uuid4()))
        assert Asset.objects.get(pk=cast.data.pk).state == "empty"
        assert Dataset.objects.get(pk=cast.training.pk).examples == 0
        assert Task.objects.get(pk=cast.task.pk).examples == 0
        assert TaskAnnotator.objects.get(task=cast.task).accepted == 0
        traces = AuditRow.objects.filter(verb="cluster.named_unknown")
        assert sorted(traces.values_list("noun", flat=True)) == [
            "asset",
            "dataset",
            "subject",
            "task",
            "task",
        ]


def _other_cluster(cast: Cast) -> Cluster:
    return create_cluster(
        organization=cast.acme,
        actor=cast.actor(cast.olga),
        name="Other",
        origin="https://other.example",
    )


def test_figures_are_taken_over_under_declared_names_alone(cast: Cast) -> None:
    with tenant(cast.acme.id):
        package, _ = register_package(
            actor=cast.actor(cast.dev),
            cluster=cast.cluster,
            package=a_package(a_recipe(metrics=["seen", "sure"])),
        )
        Task.objects.filter(pk=cast.task.pk).update(published=package.recipes.get())
        for figures in ([(0, 12.0), (1, 0.5)], [(1, 0.75), (7, 1.0)]):
            told = [outbound.TaskFigure(metric=at, value=value) for at, value in figures]
            measured = outbound.TaskMeasured(task=cast.task.id, figures=told)
            apply_task_measured(cast.cluster, measured)
        task = Task.objects.select_related("published").get(pk=cast.task.pk)
        assert task.figures == [{"name": "seen", "value": 12.0}, {"name": "sure", "value": 0.75}]
        stranger = outbound.TaskMeasured(task=uuid4(), figures=told)
        apply_task_measured(cast.cluster, stranger)
        assert AuditRow.objects.filter(verb="cluster.named_unknown").exists()
    address = f"/api/v1/organizations/acme/projects/{cast.project.id}/tasks/{cast.task.id}"
    shown = browser(cast.dev).get(address).json()
    assert shown["metrics"] == [{"name": "seen", "value": 12.0}, {"name": "sure", "value": 0.75}]
