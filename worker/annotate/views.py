"""The task API. Every view: who may, parse, act, answer."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from annex.contract.enums import Role
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from pydantic import BaseModel
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from common.errors import InvalidRequest
from worker.annotate import history, saving, serving, shapes
from worker.people.access_log import count_access
from worker.people.models import What
from worker.people.roles import reaches
from worker.people.task_access import TaskAuthentication, require_task, role_on_task
from worker.projects.models import Task
from worker.queue import actions as queue
from worker.queue.second_looks import keep_look_draft
from worker.queue.tallies import Progress
from worker.store.answers import AnswerConflict

B = TypeVar("B", bound=BaseModel)


class TaskAPIView(APIView):
    """Base of the views below a task: signed in, and on the task, or 404."""

    authentication_classes = (TaskAuthentication,)

    def body(self, request: Request, shape: type[B]) -> B:
        """Return the typed body. Raises: InvalidRequest, or pydantic's error, naming the field."""
        if not isinstance(request.data, dict):
            raise InvalidRequest("The body must be a JSON object.")
        return shape.model_validate(request.data)


class TaskView(TaskAPIView):
    """One task."""

    @extend_schema(operation_id="task", responses={200: shapes.TaskShape})
    def get(self, request: Request, task_id: UUID) -> HttpResponse:
        """Describe the task."""
        return answer(serving.describe_task(*require_task(request)))


class BatchView(TaskAPIView):
    """What comes next."""

    @extend_schema(
        operation_id="batch", request=shapes.BatchBody, responses={200: shapes.BatchShape}
    )
    def post(self, request: Request, task_id: UUID) -> HttpResponse:
        """Lease the next examples; asking again after a reload gives the same ones."""
        task, subject = require_task(request)
        return answer(serving.next_batch(task, subject, self.body(request, shapes.BatchBody)))


class AnswerView(TaskAPIView):
    """One answer, under the id that the app made for it."""

    @extend_schema(
        operation_id="save_answer",
        request=shapes.AnswerBody,
        responses={200: shapes.SavedShape, 201: shapes.SavedShape},
    )
    def put(self, request: Request, task_id: UUID, answer_id: UUID) -> HttpResponse:
        """Save an answer. The same again is 200 and changes nothing."""
        task, subject = require_task(request)
        body = self.body(request, shapes.AnswerBody)
        saved = saving.save_one(task, subject, answer_id, body, may_correct=may_correct(request))
        shape = shapes.SavedShape(
            id=answer_id,
            version=saved.version,
            progress=progress_shape(saved.progress),
        )
        return answer(shape, status=201 if saved.created else 200)


class AnswersView(TaskAPIView):
    """Several answers at once, as after a network cut."""

    @extend_schema(
        operation_id="save_answers",
        request=shapes.AnswersBody,
        responses={200: shapes.ResultsShape},
    )
    def post(self, request: Request, task_id: UUID) -> HttpResponse:
        """Save each answer that can be saved and say what became of each."""
        task, subject = require_task(request)
        body = self.body(request, shapes.AnswersBody)
        outcomes, progress = saving.save_many(
            task, subject, body.answers, may_correct=may_correct(request)
        )
        results = [_result(outcome) for outcome in outcomes]
        return answer(shapes.ResultsShape(results=results, progress=progress_shape(progress)))


class HistoryView(TaskAPIView):
    """The annotator's own answers."""

    @extend_schema(
        operation_id="history",
        parameters=[OpenApiParameter("cursor", OpenApiTypes.STR)],
        responses={200: shapes.HistoryShape},
    )
    def get(self, request: Request, task_id: UUID) -> HttpResponse:
        """Return a page of own answers, newest first."""
        task, subject = require_task(request)
        page = history.history_of(task, subject, request.query_params.get("cursor", ""))
        _note_read(task, subject, len(page.results))
        return answer(page)


class ExampleView(TaskAPIView):
    """One example."""

    @extend_schema(operation_id="example", responses={200: shapes.ExampleShape})
    def get(self, request: Request, task_id: UUID, example: UUID) -> HttpResponse:
        """Return the example with one's own answer, or with what a reviewer may correct."""
        task, subject = require_task(request)
        found = saving.find_example(task, example)
        _note_read(task, subject, 1)
        corrects = may_correct(request)
        return answer(serving.answered_example(task, subject, found, may_correct=corrects))


class DraftView(TaskAPIView):
    """What is marked but not decided."""

    @extend_schema(operation_id="keep_draft", request=shapes.DraftBody, responses={204: None})
    def put(self, request: Request, task_id: UUID, example: UUID) -> Response:
        """Keep a draft and extend the lease. 409 when the example is not held any more."""
        task, subject = require_task(request)
        found = saving.find_example(task, example)
        draft = self.body(request, shapes.DraftBody).model_dump(mode="json")
        keeps = queue.keep_draft, keep_look_draft
        if not any(keep(task, subject, found.id, draft) for keep in keeps):
            raise queue.LeaseLost("You do not hold this example any more.")
        return Response(status=204)


class ExtendView(TaskAPIView):
    """Leases, longer."""

    @extend_schema(operation_id="extend", request=shapes.ExamplesBody, responses={204: None})
    def post(self, request: Request, task_id: UUID) -> Response:
        """Extend the leases on the examples that are still held."""
        task, subject = require_task(request)
        body = self.body(request, shapes.ExamplesBody)
        queue.extend(task, subject, serving.example_ids(task, body.examples))
        return Response(status=204)


class ReleaseView(TaskAPIView):
    """Leases, given back."""

    @extend_schema(operation_id="release", request=shapes.ExamplesBody, responses={204: None})
    def post(self, request: Request, task_id: UUID) -> Response:
        """Give examples back to the queue, as on leaving."""
        task, subject = require_task(request)
        body = self.body(request, shapes.ExamplesBody)
        queue.release(task, subject, serving.example_ids(task, body.examples))
        return Response(status=204)


def may_correct(request: Request) -> bool:
    """Say whether the person may correct the answers of others in the task."""
    return reaches(role_on_task(request), Role.REVIEWER)


def answer(shape: BaseModel, status: int = 200) -> HttpResponse:
    """Return a shape as JSON, written by pydantic at once rather than through dicts."""
    return HttpResponse(shape.model_dump_json(), "application/json", status)


def progress_shape(progress: Progress) -> shapes.ProgressShape:
    """Return the totals as they are sent."""
    return shapes.ProgressShape(**vars(progress))


def _note_read(task: Task, subject: UUID, count: int) -> None:
    """Note what was opened again; what is handed out is counted by the queue's beat."""
    if count:
        count_access(What.ANSWERS_READ, subject=subject, noun=task.id, count=count)


def _result(outcome: saving.Outcome) -> shapes.ResultShape:
    if outcome.error is None:
        status = 201 if outcome.created else 200
        return shapes.ResultShape(id=outcome.id, status=status, version=outcome.version)
    theirs = outcome.error.versions["theirs"] if isinstance(outcome.error, AnswerConflict) else {}
    return shapes.ResultShape(
        id=outcome.id,
        status=outcome.error.status,
        code=outcome.error.code,
        version=theirs.get("version"),
    )
