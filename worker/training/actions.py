"""Keep what was trained and measured; a write and the event that tells of it are one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from annex.contract.enums import Component, PredictorKind
from annex.contract.outbound import ModelTrained
from annex.contract.scores import EvaluationsCompared, EvaluationScored

from worker.jobs.context import JobContext
from worker.jobs.models import Attempt
from worker.predictors.base import Annotation, Predictor
from worker.predictors.speed import measure_words_per_second
from worker.store.files import Written, stored_files
from worker.store.label_changes import scheme_digest
from worker.store.models import Artefact
from worker.training.bootstrap import Interval, counts_from, f_interval
from worker.training.comparisons import differences_from_rivals
from worker.training.corpus import Snapshot, label_ids
from worker.training.models import Evaluation, TrainedModel
from worker.training.outcomes import Outcome, outcomes_of
from worker.training.predictions import all_figures, save_predictions
from worker.training.scoring import Report, outbound_scores, score_outcomes
from worker.training.texts import LabelledText

if TYPE_CHECKING:
    from worker.training.run import Trained

CANCEL_POINT_TEXTS = 64


@dataclass(frozen=True)
class Measured:
    """A predictor's figures on one set of texts, and what they are counted from."""

    component: Component
    report: Report
    outcomes: Sequence[Outcome]
    interval: Interval
    evaluation_examples: int
    words_per_second: float
    size_bytes: int


@dataclass(frozen=True)
class Subject:
    """What an evaluation is about: which predictor, on which dataset, trained on how much."""

    evaluation: UUID
    kind: PredictorKind
    predictor: UUID
    dataset: UUID
    training_examples: int = 0
    fraction: float = 1.0


def measure(context: JobContext, predictor: Predictor, texts: Sequence[LabelledText]) -> Measured:
    """Score a predictor on texts and time a warm run. Raises: JobCancelled."""
    raw = [text.text for text in texts]
    predicted: list[Annotation] = []
    for done, annotation in enumerate(predictor.predict(raw)):
        predicted.append(annotation)
        if done % CANCEL_POINT_TEXTS == 0:
            context.check_cancelled()
    outcomes = outcomes_of(texts, predicted, predictor.component)
    return Measured(
        predictor.component,
        score_outcomes(outcomes),
        outcomes,
        f_interval(counts_from([(one.right, one.wrong, one.missed) for one in outcomes])),
        len(texts),
        measure_words_per_second(predictor, raw),
        predictor.size_bytes,
    )


def save_evaluation(context: JobContext, subject: Subject, measured: Measured) -> None:
    """Keep all figures here and send those that may leave. Call within `context.write()`.

    Of a point on a learning curve only the figures are kept, not what was predicted.
    """
    report = measured.report
    evaluation, _ = Evaluation.objects.update_or_create(
        id=subject.evaluation,
        defaults={
            "project_id": context.project_id,
            "predictor_kind": subject.kind.value,
            "predictor_id": subject.predictor,
            "component": measured.component.value,
            "dataset_id": subject.dataset,
            "evaluation_examples": measured.evaluation_examples,
            "training_examples": subject.training_examples,
            "fraction": subject.fraction,
            "scores": all_figures(report, measured.outcomes, measured.component),
            "low": measured.interval.low,
            "high": measured.interval.high,
            "words_per_second": measured.words_per_second,
            "size_bytes": measured.size_bytes,
        },
    )
    context.emit(
        EvaluationScored(
            job=context.job,
            job_epoch=context.attempt.epoch,
            evaluation=subject.evaluation,
            component=measured.component,
            evaluation_examples=measured.evaluation_examples,
            training_examples=subject.training_examples,
            overall=report.overall.to_scores(),
            low=measured.interval.low,
            high=measured.interval.high,
            per_label=outbound_scores(report, label_ids(context.project_id)),
            words_per_second=measured.words_per_second,
            size_bytes=measured.size_bytes,
            # Labels that changed while this ran may have come too late to be read.
            scheme=scheme_digest(subject.dataset, at=context.attempt.started_at),
        )
    )
    if subject.fraction == 1.0:
        save_predictions(evaluation, measured.outcomes)
        compare_with_rivals(context, evaluation)


def compare_with_rivals(context: JobContext, evaluation: Evaluation) -> None:
    """Tell how much better it is than every other predictor measured on the same examples."""
    for rival, difference in differences_from_rivals(evaluation):
        context.emit(
            EvaluationsCompared(
                job=context.job,
                job_epoch=context.attempt.epoch,
                evaluation=evaluation.id,
                other=rival.id,
                difference=difference.f,
                low=difference.interval.low,
                high=difference.interval.high,
            )
        )


def model_key(model_id: UUID) -> str:
    """Return the store's key of a model: a run that is repeated writes over its own file."""
    return f"models/{model_id}.zip"


@dataclass(frozen=True)
class Packed:
    """A trained pipeline on disk: its archive, and its size unpacked."""

    trained: Trained
    archive: Path
    size_bytes: int


def pack_model(trained: Trained, folder: Path) -> Packed:
    """Write the pipeline and its archive below the folder."""
    from worker.predictors.pipeline import folder_bytes, write_archive

    pipeline, archive = folder / "pipeline", folder / "model.zip"
    trained.nlp.to_disk(pipeline)
    write_archive(pipeline, archive)
    return Packed(trained, archive, folder_bytes(pipeline))


def store_model(packed: Packed, model_id: UUID) -> Written:
    """Put the archive into the store, over that of an earlier run."""
    with packed.archive.open("rb") as stream:
        return stored_files().put(model_key(model_id), stream)


def save_model(
    context: JobContext,
    model_id: UUID,
    *,
    packed: Packed,
    written: Written,
    snapshot: Snapshot,
    seed: int,
    report: Report | None,
    pretrained: UUID | None = None,
) -> None:
    """Keep the model's row and tell of it. Call within `context.write()`."""
    trained, size_bytes = packed.trained, packed.size_bytes
    Artefact.objects.update_or_create(
        id=model_id,
        defaults={
            "project_id": context.project_id,
            "kind": Artefact.Kind.MODEL,
            "file_key": model_key(model_id),
            "file_name": f"{model_id}.zip",
            "size_bytes": written.size_bytes,
            "sha256": written.sha256,
        },
    )
    TrainedModel.objects.update_or_create(
        id=model_id,
        defaults={
            "project_id": context.project_id,
            "component": trained.component.value,
            "labels": labels_of(context, trained),
            "config": trained.config,
            "seed": seed,
            "snapshot": snapshot.digest,
            "training_examples": len(snapshot.texts),
            "masked_spans": trained.masked_spans,
            "steps": trained.steps,
            "seconds": trained.seconds,
            "scores": {} if report is None else report.to_json(),
            "size_bytes": size_bytes,
            "artefact": model_id,
            "pretrained": pretrained,
        },
    )
    context.emit(
        ModelTrained(
            job=context.job,
            job_epoch=context.attempt.epoch,
            model=model_id,
            component=trained.component,
            training_examples=len(snapshot.texts),
            size_bytes=size_bytes,
            seed=seed,
            snapshot=snapshot.digest,
            seconds=trained.seconds,
        )
    )


def labels_of(context: JobContext, trained: Trained) -> dict[str, str]:
    """Return the ids of the labels that the pipeline gives, by name."""
    from worker.predictors.pipeline import labels_given

    known = label_ids(context.project_id)
    names = labels_given(trained.nlp, trained.component)
    return {name: str(known[name]) for name in names if name in known}


def remove_unkept_model(job: UUID) -> None:
    """Remove the file of a model whose training did not get as far as keeping it, and the points
    of its curve.
    """
    for arguments in Attempt.objects.filter(job=job).values_list("arguments", flat=True)[:1]:
        model_id = UUID(arguments["model"])
        if not TrainedModel.objects.filter(id=model_id).exists():
            stored_files().delete(model_key(model_id))
            Evaluation.objects.filter(predictor_id=model_id).delete()
