"""`/api/models/{model}`: a model's figures, for those who develop in its project, and its wheel."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from annex.contract.enums import Component, PredictorKind, Role
from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from pydantic import BaseModel
from rest_framework.request import Request
from rest_framework.response import Response

from common.errors import NotFound
from worker.people.access import require
from worker.people.access_log import count_access
from worker.people.authentication import caller_of
from worker.people.models import What
from worker.people.scripts.authentication import ScriptView
from worker.people.scripts.policy import ScriptUse
from worker.projects.models import ModelName
from worker.store.downloads import download_artefact
from worker.store.models import Artefact
from worker.training.models import Evaluation, TrainedModel


class WheelDetail(BaseModel):
    """An installable file; `sha256` lets the customer check what arrived."""

    file_name: str
    size_bytes: int
    sha256: str


class EvaluationDetail(BaseModel):
    """All figures, small labels too: this page is on the cluster. Ratios from 0 to 1."""

    id: UUID
    component: Component
    dataset: UUID
    evaluation_examples: int
    training_examples: int
    fraction: float
    scores: dict[str, Any]
    words_per_second: float
    size_bytes: int
    at: datetime


class ModelDetail(BaseModel):
    """A trained model. `wheel` is null until it has been packaged."""

    id: UUID
    name: str
    project: UUID
    component: Component
    labels: list[str]
    seed: int
    snapshot: str
    config: str
    training_examples: int
    masked_spans: int
    steps: int
    seconds: float
    size_bytes: int
    trained_at: datetime
    wheel: WheelDetail | None
    evaluations: list[EvaluationDetail]


class ModelView(ScriptView):
    """One trained model."""

    script_uses = {"get": ScriptUse.WORK}

    @extend_schema(operation_id="model", responses={200: ModelDetail})
    def get(self, request: Request, model: UUID) -> Response:
        """Show what the model was trained on and how it did."""
        found = access_model(request, model)
        caller = caller_of(request)
        count_access(
            What.MODEL_VIEWED,
            subject=caller.subject_id,
            noun=model,
            by_script=caller.by_script,
        )
        return Response(model_detail(found).model_dump(mode="json"))


class WheelView(ScriptView):
    """The wheel of a model."""

    # A pipeline's vocabulary holds words of what it was trained on.
    script_uses = {"get": ScriptUse.TEXT}

    @extend_schema(
        operation_id="model_wheel",
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, model: UUID) -> FileResponse:
        """Download the wheel. Effects: one row in the cluster's log of downloads."""
        wheel = wheel_of(access_model(request, model))
        if wheel is None:
            raise NotFound("The model has not been packaged yet.")
        return download_artefact(wheel, caller=caller_of(request), count=1)


def access_model(request: Request, model_id: UUID) -> TrainedModel:
    """Return a model of a project that the person develops. Raises: NotFound."""
    model = TrainedModel.objects.filter(id=model_id).first()
    if model is None:
        raise NotFound
    require(request, project_id=model.project_id, at_least=Role.DEVELOPER)
    return model


def wheel_of(model: TrainedModel) -> Artefact | None:
    """Return the model's wheel, if it has been packaged."""
    if model.wheel is None:
        return None
    return Artefact.objects.filter(id=model.wheel, kind=Artefact.Kind.WHEEL).first()


def model_detail(model: TrainedModel) -> ModelDetail:
    """Return a model with its wheel and its evaluations, newest first."""
    name = ModelName.objects.filter(id=model.id).values_list("name", flat=True).first()
    wheel = wheel_of(model)
    evaluations = Evaluation.objects.filter(
        predictor_kind=PredictorKind.MODEL.value, predictor_id=model.id
    )
    return ModelDetail(
        id=model.id,
        name=name or "",
        project=model.project_id,
        component=Component(model.component),
        labels=sorted(model.labels),
        seed=model.seed,
        snapshot=model.snapshot,
        config=model.config,
        training_examples=model.training_examples,
        masked_spans=model.masked_spans,
        steps=model.steps,
        seconds=model.seconds,
        size_bytes=model.size_bytes,
        trained_at=model.trained_at,
        wheel=wheel and WheelDetail.model_validate(wheel, from_attributes=True),
        evaluations=[evaluation_detail(row) for row in evaluations.order_by("-at", "-fraction")],
    )


def evaluation_detail(row: Evaluation) -> EvaluationDetail:
    """Return one evaluation as this edge shows it."""
    return EvaluationDetail(
        id=row.id,
        component=Component(row.component),
        dataset=row.dataset_id,
        evaluation_examples=row.evaluation_examples,
        training_examples=row.training_examples,
        fraction=row.fraction,
        scores=row.scores,
        words_per_second=row.words_per_second,
        size_bytes=row.size_bytes,
        at=row.at,
    )
