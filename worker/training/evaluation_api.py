"""`/api/evaluations/{evaluation}`: everything that was measured, and the texts that went wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from annex.contract.enums import Component, PredictorKind, Role
from drf_spectacular.utils import OpenApiParameter, extend_schema
from pydantic import BaseModel
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from common.errors import InvalidRequest, NotFound
from worker.people.access import require
from worker.people.access_log import count_access
from worker.people.authentication import SessionAuthentication, session_of
from worker.people.models import What
from worker.projects.models import Label
from worker.store.models import Example
from worker.training import shapes
from worker.training.corrections import NOWHERE, Place, places_of
from worker.training.findings import Finding, count_kinds, findings_of, worst
from worker.training.mistakes import Kind, Mistake
from worker.training.models import Evaluation
from worker.training.names import dataset_name, predictor_name


class EvaluationView(APIView):
    """One evaluation's figures."""

    authentication_classes = (SessionAuthentication,)

    @extend_schema(operation_id="evaluation", responses={200: shapes.EvaluationPage})
    def get(self, request: Request, evaluation: UUID) -> Response:
        """Show all figures, small labels too, and how many mistakes there are of each kind."""
        return answer(describe_evaluation(access_evaluation(request, evaluation)))


class MistakesView(APIView):
    """The texts that an evaluation's predictor got wrong."""

    authentication_classes = (SessionAuthentication,)

    @extend_schema(
        operation_id="evaluation_mistakes",
        parameters=[
            OpenApiParameter("kind", str, enum=[kind.value for kind in Kind], required=False),
            OpenApiParameter("label", str, required=False, description="A label's name"),
        ],
        responses={200: shapes.MistakesPage},
    )
    def get(self, request: Request, evaluation: UUID) -> Response:
        """Show the worst texts, with what is right and what was predicted."""
        found = access_evaluation(request, evaluation)
        asked = Asked(kind_in(request), request.query_params.get("label") or None)
        subject = session_of(request).subject_id
        page = describe_mistakes(found, asked, subject)
        count_access(What.MISTAKES_READ, subject=subject, noun=found.id, count=len(page.worst))
        return answer(page)


@dataclass(frozen=True)
class Asked:
    """Which mistakes are looked for; None: any."""

    kind: Kind | None = None
    label: str | None = None

    def __call__(self, mistake: Mistake) -> bool:
        """Whether a mistake is one of them."""
        return self.kind in {None, mistake.kind} and (
            self.label is None or self.label in mistake.labels
        )


def kind_in(request: Request) -> Kind | None:
    """Return the kind that the request asks for. Raises: InvalidRequest."""
    raw = request.query_params.get("kind")
    try:
        return Kind(raw) if raw else None
    except ValueError:
        raise InvalidRequest("There is no such kind of mistake.", field="kind") from None


def access_evaluation(request: Request, evaluation_id: UUID) -> Evaluation:
    """Return an evaluation of a project that the person develops. Raises: NotFound."""
    found = Evaluation.objects.filter(id=evaluation_id).first()
    if found is None:
        raise NotFound
    require(request, project_id=found.project_id, at_least=Role.DEVELOPER)
    return found


def answer(body: BaseModel) -> Response:
    """Return a body of `shapes` as the response."""
    return Response(body.model_dump(mode="json"))


def describe_evaluation(row: Evaluation) -> shapes.EvaluationPage:
    """Return an evaluation with everything that was counted."""
    kind, scores = PredictorKind(row.predictor_kind), row.scores
    return shapes.EvaluationPage(
        id=row.id,
        project=row.project_id,
        predictor_kind=kind,
        predictor=row.predictor_id,
        predictor_name=predictor_name(kind, row.predictor_id),
        component=Component(row.component),
        dataset=row.dataset_id,
        dataset_name=dataset_name(row.dataset_id),
        evaluation_examples=row.evaluation_examples,
        training_examples=row.training_examples,
        fraction=row.fraction,
        words_per_second=row.words_per_second,
        size_bytes=row.size_bytes,
        at=row.at,
        overall=shapes.Figures(**scores["overall"]),
        low=row.low,
        high=row.high,
        macro=macro_of(scores["per_label"]),
        per_label=label_rows(scores),
        confusion=[
            shapes.ConfusionCell(gold=gold, predicted=predicted, count=count)
            for gold, predicted, count in scores.get("confusion", ())
        ],
        mistakes=count_kinds(findings_of(row)) if row.predictions.exists() else None,
        labels=label_looks(row.project_id),
    )


def describe_side(row: Evaluation) -> shapes.Side:
    """Return what a comparison says of an evaluation."""
    kind = PredictorKind(row.predictor_kind)
    return shapes.Side(
        id=row.id,
        predictor_kind=kind,
        predictor_name=predictor_name(kind, row.predictor_id),
        f=row.scores["overall"]["f"],
        at=row.at,
    )


def label_rows(scores: dict[str, Any]) -> list[shapes.LabelFigures]:
    """Return each label's figures, by name."""
    areas = scores.get("roc_auc", {})
    return [
        shapes.LabelFigures(label=name, roc_auc=areas.get(name), **figures)
        for name, figures in scores["per_label"].items()
    ]


def macro_of(per_label: dict[str, dict[str, float]]) -> shapes.MacroFigures:
    """Return the means over all labels; zero without any."""
    rows = list(per_label.values())
    means = {
        name: sum(row[name] for row in rows) / max(1, len(rows))
        for name in ("precision", "recall", "f")
    }
    return shapes.MacroFigures(**means)


def label_looks(project_id: UUID) -> list[shapes.LabelLook]:
    """Return how the project's labels are shown, in its order; retired ones last."""
    labels = Label.objects.filter(project_id=project_id).order_by("retired", "position")
    return [shapes.LabelLook(name=label.name, colour=label.colour) for label in labels]


def describe_mistakes(row: Evaluation, asked: Asked, subject: UUID) -> shapes.MistakesPage:
    """Return the worst texts with a mistake that is asked for, and where `subject` edits them."""
    matching = [one for one in findings_of(row) if any(map(asked, one.mistakes))]
    shown = worst(matching, asked)
    places = places_of(row, [finding.example for finding in shown], subject)
    return shapes.MistakesPage(texts=len(matching), worst=show_texts(shown, places))


def show_texts(
    findings: Sequence[Finding], places: Mapping[int, Place]
) -> list[shapes.ShownFinding]:
    """Return findings with their texts, in one query; withdrawn texts are left out."""
    ids = [finding.example for finding in findings]
    rows = Example.objects.filter(id__in=ids, visible=True).only("uid", "text").in_bulk()
    return [
        shapes.show_finding(
            finding, rows[finding.example].uid, text, places.get(finding.example, NOWHERE)
        )
        for finding in findings
        if finding.example in rows and (text := rows[finding.example].text)
    ]
