"""`/api/projects/{project}/try` and `…/annotate`, `/api/assets/{asset}/patterns/trial`.

Nothing is stored.
"""

from __future__ import annotations

import time
from uuid import UUID

from annex.contract.enums import AssetKind, Role
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from worker.people.access import require
from worker.people.access_log import count_access
from worker.people.models import What
from worker.people.scripts.authentication import ScriptView
from worker.people.scripts.policy import ScriptUse
from worker.predictors.base import Annotation
from worker.store.api.base import StoreView, access_asset, answer, read_body
from worker.training.evaluation_api import label_looks
from worker.training.findings import Excerpt
from worker.training.outcomes import Outcome, unique
from worker.training.shapes import show_predicted
from worker.workbench import shapes
from worker.workbench.rules import Trial, try_rules
from worker.workbench.trying import Said, annotate_texts, try_text


class TryView(StoreView):
    """Every predictor of a project, on one text."""

    @extend_schema(operation_id="try_text", request=shapes.TryBody, responses={200: shapes.Tried})
    def post(self, request: Request, project: UUID) -> Response:
        """Ask all of them. Effects: none; the text is neither stored nor logged."""
        require(request, project_id=project, at_least=Role.DEVELOPER)
        text = read_body(request, shapes.TryBody).text
        answers = [describe_said(said, text) for said in try_text(project, text)]
        return answer(shapes.Tried(answers=answers, labels=label_looks(project)))


class AnnotateTextsView(ScriptView):
    """One predictor of a project, on a few texts; a pipeline's tests ask it."""

    script_uses = {"post": ScriptUse.TEXT}

    @extend_schema(
        operation_id="annotate_texts",
        request=shapes.AnnotateBody,
        responses={200: shapes.AnnotatedTexts},
    )
    def post(self, request: Request, project: UUID) -> Response:
        """Say what it says of each. Effects: counted in the access log; no text is kept."""
        caller = require(request, project_id=project, at_least=Role.DEVELOPER)
        body = read_body(request, shapes.AnnotateBody)
        component, found = annotate_texts(project, body.predictor, body.texts)
        count_access(
            What.TEXTS_ANNOTATED,
            subject=caller.subject_id,
            noun=project,
            count=len(body.texts),
            by_script=caller.by_script,
        )
        said = [describe_annotation(annotation) for annotation in found]
        return answer(shapes.AnnotatedTexts(component=component, annotations=said))


class RulesTrialView(StoreView):
    """Edited rules, before they are saved."""

    @extend_schema(
        operation_id="try_rules", request=shapes.RulesBody, responses={200: shapes.RulesTrial}
    )
    def post(self, request: Request, asset: UUID) -> Response:
        """Say what each pattern finds and how F changes. Effects: none."""
        found = access_asset(request, asset, AssetKind.PATTERNS)
        patterns = dict(enumerate(read_body(request, shapes.RulesBody).patterns, start=1))
        started = time.perf_counter()
        trial = try_rules(found, patterns)
        return answer(describe_trial(trial, 1000 * (time.perf_counter() - started)))


def describe_said(said: Said, text: str) -> shapes.TriedAnswer:
    """Return what a predictor says as the page shows it."""
    shown = None
    if said.annotation is not None:
        spans, choices, scores, arcs = said.annotation
        outcome = Outcome(predicted=unique([*spans, *arcs, *choices]), scores=scores)
        shown = show_predicted(outcome, Excerpt(0, len(text)))
    return shapes.TriedAnswer(
        among=[shapes.Part(kind=each.kind, id=each.id, name=each.name) for each in said.among],
        component=said.predictor.component if said.predictor else None,
        said=shown,
        milliseconds=said.milliseconds,
    )


def describe_annotation(annotation: Annotation) -> shapes.TextAnnotation:
    """Return what a predictor says as scripts read it."""
    spans = [shapes.TextMark(**span._asdict()) for span in annotation.spans]
    arcs = [shapes.TextArc(**arc._asdict()) for arc in annotation.arcs]
    return shapes.TextAnnotation(spans=spans, choices=list(annotation.choices), arcs=arcs)


def describe_trial(trial: Trial, milliseconds: float) -> shapes.RulesTrial:
    """Return a trial as the page shows it."""
    return shapes.RulesTrial(
        patterns=[shapes.PatternHits(**vars(hits)) for hits in trial.patterns],
        f=trial.edited.f,
        precision=trial.edited.precision,
        recall=trial.edited.recall,
        saved_f=trial.saved.f,
        measured_texts=trial.measured_texts,
        sampled_texts=trial.sampled_texts,
        milliseconds=milliseconds,
    )
