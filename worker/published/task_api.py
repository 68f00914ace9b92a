"""Texts for a recipe's arguments, and how the streams of a project's tasks fare."""

from __future__ import annotations

from uuid import UUID

from annex.contract.enums import Role
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from worker.people.access import require
from worker.people.access_log import count_access
from worker.people.authentication import session_of
from worker.people.hop import console_origin
from worker.people.models import Subject, What
from worker.people.scripts.authentication import ScriptView
from worker.people.scripts.policy import ScriptUse
from worker.projects.models import Task
from worker.published import shapes
from worker.published.access import access_published_task
from worker.published.failures import FailureKind
from worker.published.following import follow_task, try_again
from worker.published.models import RecipeFailure, Stream, Text
from worker.store.api.base import StoreView, answer, read_body

SHOWN = 50


class TextsView(ScriptView):
    """The texts of a project that arguments of recipes name."""

    script_uses = {"get": ScriptUse.TEXT, "post": ScriptUse.WORK}

    @extend_schema(operation_id="texts", responses={200: shapes.TextsDetail})
    def get(self, request: Request, project: UUID) -> Response:
        """List the texts, the newest first."""
        require(request, project_id=project, at_least=Role.DEVELOPER)
        count_access(What.TEXTS_READ, subject=session_of(request).subject_id, noun=project)
        found = list(Text.objects.filter(project_id=project).order_by("-written_at")[:1000])
        people = Subject.objects.filter(id__in={text.written_by for text in found})
        names = dict(people.values_list("id", "name"))
        texts = [_describe_text(text, names) for text in found]
        return answer(shapes.TextsDetail(texts=texts, console=console_origin()))

    @extend_schema(
        operation_id="write_text", request=shapes.TextBody, responses={201: shapes.TextDetail}
    )
    def post(self, request: Request, project: UUID) -> Response:
        """Keep a text here, under an id that the arguments of a task may name."""
        session = require(request, project_id=project, at_least=Role.DEVELOPER)
        body = read_body(request, shapes.TextBody)
        text = Text.objects.create(
            project_id=project, text=body.text, written_by=session.subject_id
        )
        text.refresh_from_db()
        names = {session.subject_id: session.subject.name}
        return answer(_describe_text(text, names), status=201)


class StreamView(StoreView):
    """The stream of a task."""

    @extend_schema(operation_id="stream", responses={200: shapes.StreamDetail})
    def get(self, request: Request, task: UUID) -> Response:
        """Show how far the stream is, and the last failures of its recipe."""
        found = access_published_task(request, task)
        count_access(What.FAILURE_READ, subject=session_of(request).subject_id, noun=found.id)
        return answer(_describe_stream(found))

    @extend_schema(operation_id="retry_stream", request=None, responses={200: shapes.StreamDetail})
    def post(self, request: Request, task: UUID) -> Response:
        """Try a recipe again that has failed, from where its stream was."""
        found = access_published_task(request, task)
        follow_task(found)
        try_again(found)
        return answer(_describe_stream(found))


def _describe_text(text: Text, names: dict[UUID, str]) -> shapes.TextDetail:
    return shapes.TextDetail(
        id=text.id,
        text=text.text,
        written_by=names.get(text.written_by, ""),
        written_at=text.written_at,
    )


def _describe_stream(task: Task) -> shapes.StreamDetail:
    stream = Stream.objects.filter(task_id=task.id).first() or Stream(task_id=task.id)
    failures = RecipeFailure.objects.filter(task_id=task.id).order_by("-at")[:SHOWN]
    return shapes.StreamDetail(
        task=task.id,
        state=Stream.State(stream.state),
        refusal=task.refusal or None,
        taken=stream.taken,
        drawn_at=stream.drawn_at,
        failures=[_describe_failure(failure) for failure in failures],
    )


def _describe_failure(failure: RecipeFailure) -> shapes.RecipeFailureDetail:
    kind = FailureKind(failure.kind)
    return shapes.RecipeFailureDetail(
        ref=failure.ref,
        task=failure.task_id,
        code=kind,
        title=str(kind.label),
        message=failure.message,
        traceback=failure.traceback,
        output=failure.output,
        unchecked=failure.unchecked,
        at=failure.at,
    )
