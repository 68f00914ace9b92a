"""The task API that the annotation app calls, answered from memory."""

from __future__ import annotations

from uuid import UUID

from annex.preview.bench import Bench
from annex.preview.desk import Desk
from annex.preview.exchange import Request, Response, json_response
from annex.preview.problems import Problem
from annex.preview.shapes import AnswerBody, AnswersBody, BatchBody, DraftBody, IdentifiedAnswer


class TaskApi:
    """The addresses below a task; another than the one at work is not here."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def task(self, _: Request, task: str) -> Response:
        """Describe the task."""
        return json_response(self._bench.work(task, Desk.task))

    def batch(self, request: Request, task: str) -> Response:
        """Hand out the next examples."""
        body = request.read(BatchBody)
        return json_response(self._bench.work(task, lambda desk: desk.batch(body)))

    def save(self, request: Request, task: str, answer: str) -> Response:
        """Save an answer under the id that the app made."""
        body = request.read(AnswerBody)
        is_new, saved = self._bench.work(task, lambda desk: desk.save(UUID(answer), body))
        return json_response(saved, 201 if is_new else 200)

    def save_many(self, request: Request, task: str) -> Response:
        """Save what can be saved of several answers, and say what became of each."""
        answers = request.read(AnswersBody).answers
        results = [self._outcome(task, answer) for answer in answers]
        progress = self._bench.work(task, Desk.progress)
        return json_response({"results": results, "progress": progress})

    def history(self, request: Request, task: str) -> Response:
        """Return answers, newest first."""
        cursor = request.query.get("cursor", "")
        return json_response(self._bench.work(task, lambda desk: desk.history(cursor)))

    def example(self, _: Request, task: str, example: str) -> Response:
        """Return one example with its answer."""
        return json_response(self._bench.work(task, lambda desk: desk.example(UUID(example))))

    def comments(self, _: Request, task: str, example: str) -> Response:
        """Nobody else is here to say anything."""
        self._bench.work(task, lambda desk: desk.example(UUID(example)))
        return json_response({"comments": []})

    def keep_draft(self, request: Request, task: str, example: str) -> Response:
        """Keep what is not decided yet."""
        body = request.read(DraftBody)
        self._bench.work(task, lambda desk: desk.keep_draft(UUID(example), body))
        return Response(204)

    def note_leases(self, _: Request, task: str) -> Response:
        """Longer or back: where one annotator works, an example waits for nobody else."""
        self._bench.work(task, Desk.progress)
        return Response(204)

    def _outcome(self, task: str, answer: IdentifiedAnswer) -> dict[str, object]:
        body = AnswerBody.model_validate(answer.model_dump(exclude={"id"}))
        try:
            is_new, saved = self._bench.work(task, lambda desk: desk.save(answer.id, body))
        except Problem as problem:
            code = problem.document["code"]
            return {"id": answer.id, "status": problem.status, "version": None, "code": code}
        status = 201 if is_new else 200
        return {"id": answer.id, "status": status, "version": saved["version"], "code": None}
