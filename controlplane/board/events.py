"""What clusters report about models and evaluations. Applying an event twice changes nothing."""

from __future__ import annotations

from uuid import UUID

from annex.contract import outbound, scores
from django.utils import timezone

from controlplane.board.models import Comparison, Evaluation, TrainedModel
from controlplane.clusters.events import on_event
from controlplane.clusters.models import Cluster
from controlplane.jobs.errors import StaleEpoch
from controlplane.jobs.models import Job
from controlplane.projects.events import note_stranger


@on_event(scores.EvaluationScored)
def apply_evaluation_scored(cluster: Cluster, event: scores.EvaluationScored) -> None:
    """Write an evaluation's numbers; the first report of its own job counts."""
    evaluation = (
        Evaluation.objects.select_related("project")
        .filter(pk=event.evaluation, job=event.job, project__cluster=cluster)
        .first()
    )
    if evaluation is None:
        return note_stranger(cluster, "evaluation", event.evaluation)
    check_epoch(event.job, event.job_epoch)
    if evaluation.finished_at is not None:
        return None
    known = set(evaluation.project.labels.values_list("id", flat=True))
    evaluation.per_label = [
        row.model_dump(mode="json") for row in event.per_label if row.label in known
    ]
    for field in ("precision", "recall", "f", "support"):
        setattr(evaluation, field, getattr(event.overall, field))
    for field in ("evaluation_examples", "training_examples", "words_per_second", "size_bytes"):
        setattr(evaluation, field, getattr(event, field))
    evaluation.low, evaluation.high = event.low, event.high
    evaluation.component = event.component.value
    evaluation.scheme = event.scheme or ""
    evaluation.finished_at = timezone.now()
    evaluation.save()
    return None


@on_event(scores.EvaluationsCompared)
def apply_evaluations_compared(cluster: Cluster, event: scores.EvaluationsCompared) -> None:
    """Note how much better one predictor is than another; the last report counts."""
    check_epoch(event.job, event.job_epoch)
    mine = Evaluation.objects.filter(pk=event.evaluation, job=event.job, project__cluster=cluster)
    evaluation = mine.first()
    if evaluation is None:
        return note_stranger(cluster, "evaluation", event.evaluation)
    # A rival's evaluation may have gone with its predictor: then there is nothing to compare.
    same = Evaluation.objects.filter(project=evaluation.project_id, dataset=evaluation.dataset_id)
    other = same.filter(pk=event.other).exclude(pk=evaluation.pk).first()
    if other is not None:
        Comparison.objects.update_or_create(
            organization_id=evaluation.organization_id,
            evaluation=evaluation,
            other=other,
            defaults={
                "difference": event.difference, "low": event.low, "high": event.high,
            },
        )  # fmt: skip
    return None


@on_event(outbound.ModelTrained)
def apply_model_trained(cluster: Cluster, event: outbound.ModelTrained) -> None:
    """Write a model's numbers: from now on it is a predictor."""
    check_epoch(event.job, event.job_epoch)
    changed = TrainedModel.objects.filter(
        pk=event.model, job=event.job, project__cluster=cluster
    ).update(
        component=event.component.value,
        training_examples=event.training_examples,
        size_bytes=event.size_bytes,
        seed=event.seed,
        snapshot=event.snapshot,
        seconds=event.seconds,
        trained_at=timezone.now(),
    )
    if not changed:
        note_stranger(cluster, "model", event.model)


@on_event(outbound.ModelPackaged)
def apply_model_packaged(cluster: Cluster, event: outbound.ModelPackaged) -> None:
    """Note that a model's wheel can be downloaded on the cluster."""
    changed = TrainedModel.objects.filter(pk=event.model, project__cluster=cluster).update(
        packaged=True, package_bytes=event.size_bytes
    )
    if not changed:
        note_stranger(cluster, "model", event.model)


def check_epoch(job_id: UUID, epoch: int) -> None:
    """Refuse what an attempt that is over still reports. Raises: StaleEpoch."""
    job = Job.objects.filter(pk=job_id).only("epoch").first()
    if job is not None and job.epoch != epoch:
        raise StaleEpoch
