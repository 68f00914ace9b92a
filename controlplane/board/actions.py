"""Start jobs, minting the models and evaluations that their results will be written to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any
from uuid import UUID, uuid4

from annex.contract.enums import Component, DatasetRole, JobRecipe, PredictorKind, Role
from annex.contract.recipes import (
    CurvePoint,
    EvaluateArguments,
    ExportArguments,
    ImportArguments,
    JobArguments,
    PackageArguments,
    PredictArguments,
    PredictFilesArguments,
    Predicting,
    PredictorRef,
    PretrainArguments,
    TrainArguments,
    TrainCurveArguments,
)
from django.db import IntegrityError, transaction
from pydantic import BaseModel, ConfigDict, Field

from controlplane.accounts.actors import Actor, require_role
from controlplane.board.models import Evaluation, TrainedModel
from controlplane.jobs.actions import create_job
from controlplane.jobs.models import Job
from controlplane.lib.errors import InvalidRequest, NameTaken
from controlplane.projects.arguments import check_arguments
from controlplane.projects.models import Dataset, Project
from controlplane.projects.predictors import check_predictor, check_suggesting
from controlplane.projects.snapshots import send_project_snapshot
from controlplane.recipes.builtin import BUILT_IN

COLUMN_OF = {
    PredictorKind.RULES: "rules_id",
    PredictorKind.MODEL: "model_id",
    PredictorKind.COMBINED: "combination_id",
}
"""Where an evaluation keeps which predictor it is of."""
FRACTIONS = (0.25, 0.5, 0.75, 1.0)
Fraction = Annotated[float, Field(gt=0.0, le=1.0)]


class TrainRequest(BaseModel):
    """What a caller says to train a model; the rest is minted here."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00]*$")]
    datasets: Annotated[list[UUID], Field(min_length=1, max_length=32)]
    component: Predicting = Component.NER
    evaluation_dataset: UUID | None = None
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0
    max_steps: Annotated[int, Field(ge=20, le=100_000)] = 4000
    pretrained: UUID | None = None


class CurveRequest(TrainRequest):
    """What a caller says to train a learning curve; its last point becomes the model."""

    evaluation_dataset: UUID
    fractions: Annotated[list[Fraction], Field(min_length=1, max_length=8)] = list(FRACTIONS)


class PretrainRequest(BaseModel):
    """What a caller says to pretrain the layer that trainings can start from."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00]*$")]
    datasets: Annotated[list[UUID], Field(min_length=1, max_length=32)]
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0
    max_steps: Annotated[int, Field(ge=20, le=100_000)] = 2000


class EvaluateRequest(BaseModel):
    """What a caller says to measure a predictor."""

    model_config = ConfigDict(extra="forbid")

    predictor: PredictorRef
    dataset: UUID


def start_job(*, actor: Actor, project: Project, recipe: str, arguments: dict[str, Any]) -> Job:
    """Start a job that runs next to the cluster's store, one of `STARTS`.

    Raises: InvalidRequest whose fields start with `arguments.` (customer).
    """
    require_role(actor, Role.DEVELOPER)
    request_type, start = STARTS[JobRecipe(recipe)]
    checked = check_arguments(project, BUILT_IN[recipe].fields, arguments)
    with transaction.atomic():
        return start(actor, project, request_type.model_validate(checked))


def _create(actor: Actor, project: Project, recipe: JobRecipe, arguments: JobArguments) -> Job:
    return create_job(
        organization=actor.organization,
        actor=actor,
        project=project,
        recipe=recipe,
        arguments=arguments,
    )


def start_train(actor: Actor, project: Project, request: TrainRequest) -> Job:
    """Mint the model, and its evaluation where there is a dataset for it, and train."""
    _check_training_datasets(project, request.datasets)
    _check_pretrained(project, request.pretrained)
    model = _mint_model(actor, project, request, request.component)
    evaluation = None
    if request.evaluation_dataset is not None:
        dataset = _evaluation_dataset(project, request.evaluation_dataset)
        evaluation = _mint_evaluation(model, dataset, None)
    send_project_snapshot(project.id)
    arguments = TrainArguments(
        model=model.id,
        datasets=request.datasets,
        component=request.component,
        evaluation_dataset=request.evaluation_dataset,
        evaluation=evaluation.id if evaluation else None,
        seed=request.seed,
        max_steps=request.max_steps,
        pretrained=request.pretrained,
    )
    return _link_results(model, _create(actor, project, JobRecipe.TRAIN, arguments))


def start_train_curve(actor: Actor, project: Project, request: CurveRequest) -> Job:
    """Mint the model and one evaluation per fraction, and train them all."""
    _check_training_datasets(project, request.datasets)
    dataset = _evaluation_dataset(project, request.evaluation_dataset)
    _check_pretrained(project, request.pretrained)
    model = _mint_model(actor, project, request, request.component)
    fractions = sorted({*request.fractions, 1.0})
    points = [
        CurvePoint(fraction=fraction, evaluation=_mint_evaluation(model, dataset, fraction).id)
        for fraction in fractions
    ]
    send_project_snapshot(project.id)
    arguments = TrainCurveArguments(
        model=model.id,
        datasets=request.datasets,
        component=request.component,
        evaluation_dataset=request.evaluation_dataset,
        points=points,
        seed=request.seed,
        max_steps=request.max_steps,
        pretrained=request.pretrained,
    )
    return _link_results(model, _create(actor, project, JobRecipe.TRAIN_CURVE, arguments))


def start_pretrain(actor: Actor, project: Project, request: PretrainRequest) -> Job:
    """Mint the row that others name to start from, and pretrain."""
    _check_training_datasets(project, request.datasets)
    model = _mint_model(actor, project, request, Component.TOK2VEC)
    send_project_snapshot(project.id)
    arguments = PretrainArguments(
        model=model.id,
        datasets=request.datasets,
        seed=request.seed,
        max_steps=request.max_steps,
    )
    return _link_results(model, _create(actor, project, JobRecipe.PRETRAIN, arguments))


def start_evaluate(actor: Actor, project: Project, request: EvaluateRequest) -> Job:
    """Mint an evaluation and measure a predictor for it."""
    _, job = start_evaluation(actor=actor, project=project, request=request)
    return job


@transaction.atomic
def start_evaluation(
    *, actor: Actor, project: Project, request: EvaluateRequest, prefix: str = "arguments."
) -> tuple[Evaluation, Job]:
    """Mint an evaluation and start its job. Args: prefix: of the fields named in errors."""
    require_role(actor, Role.DEVELOPER)
    check_predictor(project, request.predictor, field=f"{prefix}predictor")
    dataset = _evaluation_dataset(project, request.dataset, field=f"{prefix}dataset")
    evaluation = Evaluation.objects.create(
        organization=actor.organization,
        project=project,
        predictor_kind=request.predictor.kind.value,
        dataset=dataset,
        **{COLUMN_OF[request.predictor.kind]: request.predictor.id},
    )
    arguments = EvaluateArguments(
        predictor=request.predictor, dataset=dataset.id, evaluation=evaluation.id
    )
    job = _create(actor, project, JobRecipe.EVALUATE, arguments)
    evaluation.job = job
    evaluation.save(update_fields=["job"])
    return evaluation, job


def start_import(actor: Actor, project: Project, request: ImportArguments) -> Job:
    """Import a data asset again, into datasets of the same project."""
    _check_ids(project.assets.filter(kind="data", state="ready"), request.asset, "asset")
    _check_ids(project.datasets.all(), request.dataset, "dataset")
    if request.evaluation_dataset is not None:
        _evaluation_dataset(project, request.evaluation_dataset)
    return _create(actor, project, JobRecipe.IMPORT, request)


def start_export(actor: Actor, project: Project, request: ExportArguments) -> Job:
    """Write a dataset's answers to a file on the cluster."""
    _check_ids(project.datasets.all(), request.dataset, "dataset")
    return _create(actor, project, JobRecipe.EXPORT, request)


def start_predict(actor: Actor, project: Project, request: PredictArguments) -> Job:
    """Store a predictor's marks as suggestions."""
    _check_ids(project.datasets.all(), request.dataset, "dataset")
    check_suggesting(project, request.predictor, field="arguments.predictor")
    return _create(actor, project, JobRecipe.PREDICT, request)


def start_predict_files(actor: Actor, project: Project, request: PredictFilesArguments) -> Job:
    """Annotate the files of a data asset into a writable root of the cluster."""
    _check_ids(project.assets.filter(kind="data", state="ready"), request.asset, "asset")
    check_predictor(project, request.predictor, field="arguments.predictor")
    return _create(actor, project, JobRecipe.PREDICT_FILES, request)


def start_package(actor: Actor, project: Project, request: PackageArguments) -> Job:
    """Make an installable wheel of a trained model on the cluster."""
    trained = project.trained_models.filter(trained_at__isnull=False)
    predicting = trained.exclude(component=Component.TOK2VEC.value)
    _check_ids(predicting, request.model, "model")
    return _create(actor, project, JobRecipe.PACKAGE, request)


STARTS: dict[JobRecipe, tuple[type[BaseModel], Callable[[Actor, Project, Any], Job]]] = {
    JobRecipe.IMPORT: (ImportArguments, start_import),
    JobRecipe.EXPORT: (ExportArguments, start_export),
    JobRecipe.PREDICT: (PredictArguments, start_predict),
    JobRecipe.PREDICT_FILES: (PredictFilesArguments, start_predict_files),
    JobRecipe.EVALUATE: (EvaluateRequest, start_evaluate),
    JobRecipe.TRAIN: (TrainRequest, start_train),
    JobRecipe.TRAIN_CURVE: (CurveRequest, start_train_curve),
    JobRecipe.PRETRAIN: (PretrainRequest, start_pretrain),
    JobRecipe.PACKAGE: (PackageArguments, start_package),
}


def _check_ids(rows: Any, wanted: UUID, field: str) -> None:
    if not rows.filter(pk=wanted).exists():
        raise InvalidRequest(
            f"The project has no such {field} that is ready.", field=f"arguments.{field}"
        )


def _check_training_datasets(project: Project, wanted: list[UUID]) -> None:
    roles = dict(project.datasets.filter(pk__in=wanted).values_list("pk", "role"))
    for index, dataset_id in enumerate(wanted):
        field = f"arguments.datasets[{index}]"
        if dataset_id not in roles:
            raise InvalidRequest("The project has no such dataset.", field=field)
        if roles[dataset_id] == DatasetRole.EVALUATION:
            raise InvalidRequest("Nothing is trained on a held-back dataset.", field=field)


def _check_pretrained(project: Project, wanted: UUID | None) -> None:
    layers = project.trained_models.filter(
        component=Component.TOK2VEC.value, trained_at__isnull=False
    )
    if wanted is not None:
        _check_ids(layers, wanted, "pretrained")


def _evaluation_dataset(
    project: Project, wanted: UUID, field: str = "arguments.evaluation_dataset"
) -> Dataset:
    dataset = project.datasets.filter(pk=wanted, role=DatasetRole.EVALUATION.value).first()
    if dataset is None:
        raise InvalidRequest("The project has no such held-back dataset.", field=field)
    return dataset


def _mint_model(
    actor: Actor, project: Project, request: TrainRequest | PretrainRequest, component: Component
) -> TrainedModel:
    try:
        with transaction.atomic():
            return TrainedModel.objects.create(
                id=uuid4(),
                organization=actor.organization,
                project=project,
                name=request.name,
                component=component.value,
                seed=request.seed,
            )
    except IntegrityError:
        raise NameTaken("A model with this name exists.", field="arguments.name") from None


def _mint_evaluation(model: TrainedModel, dataset: Dataset, fraction: float | None) -> Evaluation:
    return Evaluation.objects.create(
        organization_id=model.organization_id,
        project_id=model.project_id,
        predictor_kind=PredictorKind.MODEL.value,
        model=model,
        component=model.component,
        dataset=dataset,
        fraction=fraction,
    )


def _link_results(model: TrainedModel, job: Job) -> Job:
    model.job = job
    model.save(update_fields=["job"])
    model.evaluations.update(job=job)
    return job
