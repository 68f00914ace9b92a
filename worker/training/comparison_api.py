"""`/api/evaluations/{evaluation}/against/{other}`: what one predictor fixes and what it breaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from annex.contract.enums import Component
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from common.errors import InvalidRequest
from worker.people.access_log import count_access
from worker.people.authentication import SessionAuthentication, session_of
from worker.people.models import What
from worker.store.models import Example
from worker.training import shapes
from worker.training.comparisons import (
    Change,
    Paired,
    counted,
    difference_of,
    differing,
    is_comparable,
    pairs_of,
    rivals_of,
)
from worker.training.evaluation_api import access_evaluation, answer, describe_side, label_looks
from worker.training.findings import WORST_TEXTS, excerpt_of
from worker.training.mistakes import mistakes_in
from worker.training.models import Evaluation
from worker.training.predictions import to_outcome


class NotComparable(InvalidRequest):
    """Two evaluations say nothing about each other."""

    code = "evaluation.not_comparable"
    title = "These two cannot be compared"
    what_to_do = "Choose two evaluations of one project, measured in the same way on one dataset."


class RivalsView(APIView):
    """What an evaluation can be compared with."""

    authentication_classes = (SessionAuthentication,)

    @extend_schema(operation_id="evaluation_rivals", responses={200: shapes.Rivals})
    def get(self, request: Request, evaluation: UUID) -> Response:
        """List the newest evaluation of every other predictor on the same dataset."""
        found = access_evaluation(request, evaluation)
        return answer(shapes.Rivals(rivals=[describe_side(row) for row in rivals_of(found)]))


class ComparisonView(APIView):
    """The difference of two evaluations."""

    authentication_classes = (SessionAuthentication,)

    @extend_schema(
        operation_id="evaluation_against",
        parameters=[
            OpenApiParameter("change", str, enum=["fixed", "broken"], required=False),
        ],
        responses={200: shapes.ComparisonPage},
    )
    def get(self, request: Request, evaluation: UUID, other: UUID) -> Response:
        """Show how `evaluation` differs from `other`, and the texts that say so."""
        after, before = access_evaluation(request, evaluation), access_evaluation(request, other)
        if after.project_id != before.project_id or not is_comparable(before, after):
            raise NotComparable
        body = describe_comparison(before, after, change_in(request))
        subject = session_of(request).subject_id
        count_access(What.MISTAKES_READ, subject=subject, noun=after.id, count=len(body.shown))
        return answer(body)


def change_in(request: Request) -> Change:
    """Return which texts are asked for: what was broken, unless it says. Raises: InvalidRequest."""
    raw = request.query_params.get("change") or Change.BROKEN.value
    try:
        return Change(raw)
    except ValueError:
        raise InvalidRequest("Either fixed or broken.", field="change") from None


def describe_comparison(
    before: Evaluation, after: Evaluation, change: Change
) -> shapes.ComparisonPage:
    """Return the difference of two evaluations with the texts of one change, largest first."""
    pairs = pairs_of(before, after)
    difference = difference_of(
        counted([pair.before for pair in pairs]), counted([pair.after for pair in pairs])
    )
    changes = Counter(pair.change for pair in pairs)
    shown = differing(pairs, change)[:WORST_TEXTS]
    return shapes.ComparisonPage(
        before=describe_side(before),
        after=describe_side(after),
        component=Component(after.component),
        texts=len(pairs),
        changes={change: changes[change] for change in Change},
        difference=difference.f,
        low=difference.interval.low,
        high=difference.interval.high,
        is_told=difference.is_told,
        shown=show_pairs(shown, Component(before.component), Component(after.component)),
        labels=label_looks(after.project_id),
    )


def show_pairs(
    pairs: Sequence[Paired], before: Component, after: Component
) -> list[shapes.ShownPair]:
    """Return pairs with their texts, in one query; withdrawn texts are left out."""
    ids = [pair.after.example_id for pair in pairs]
    rows = Example.objects.filter(id__in=ids, visible=True).only("uid", "text").in_bulk()
    return [
        _show_pair(pair, rows[pair.after.example_id], before, after)
        for pair in pairs
        if pair.after.example_id in rows
    ]


def _show_pair(
    pair: Paired, example: Example, before: Component, after: Component
) -> shapes.ShownPair:
    first, second = to_outcome(pair.before), to_outcome(pair.after)
    excerpt = excerpt_of(example.text, [*mistakes_in(first, before), *mistakes_in(second, after)])
    return shapes.ShownPair(
        example=example.uid,
        text=example.text[excerpt.start : excerpt.end],
        is_cut_before=excerpt.start > 0,
        is_cut_after=excerpt.end < len(example.text),
        gold=shapes.show_gold(second, excerpt),
        before=shapes.show_predicted(first, excerpt),
        after=shapes.show_predicted(second, excerpt),
    )
