"""One started task in memory: what its stream gave so far, and what was answered."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol, TypeVar
from uuid import UUID, uuid4

from annex.contract import process as p
from annex.contract.enums import TaskRecipe
from annex.contract.published import RecipeDescription, View
from annex.preview.checks import check_annotation, check_reply
from annex.preview.labels import Label
from annex.preview.problems import Problem, not_found
from annex.preview.shapes import AnswerBody, BatchBody, DraftBody
from annex.preview.tokens import token_edges

LEASE_SECONDS = 900
HISTORY_ROWS = 30
SNIPPET_CODEPOINTS = 140
ANNOTATOR = UUID("8b0f7a52-43a1-4d0c-8d2c-3f0b6d6a9e10")
PROJECT = UUID("c9a5f1de-6a4b-4b7e-9a35-0f3b7c1f2d44")

S = TypeVar("S", bound=p.Say)


class Ask(Protocol):
    """Asks the recipe, and returns an answer of the kind that is due. Raises: Faulty."""

    def __call__(self, ask: p.Ask, kind: type[S]) -> S:
        """Ask."""


@dataclass
class Held:
    """An example that the stream gave, and what the annotator made of it."""

    line: p.ExampleLine
    id: UUID = field(default_factory=uuid4)
    draft: dict[str, Any] | None = None
    answer: Given | None = None


@dataclass
class Given:
    """An answer as it was sent, and as it is saved."""

    id: UUID
    example: UUID
    body: AnswerBody
    saved: p.AnswerLine
    version: int
    at: datetime


class Desk:
    """The queue and the answers of one annotator at one task; whoever calls it has the lock."""

    def __init__(
        self,
        recipe: RecipeDescription,
        package: str,
        labels: list[Label],
        components: Set[str],
        ask: Ask,
        *,
        exclusive: bool,
    ) -> None:
        self.id = uuid4()
        self.recipe = recipe
        self.package = package
        self.labels = labels
        self.components = components
        self.exclusive = exclusive
        self.given: list[Given] = []
        self._ask = ask
        self._held: dict[UUID, Held] = {}
        self._ended = False

    def draw(self, size: int, without: Set[UUID] = frozenset()) -> list[Held]:
        """Return the next open examples; the stream is asked for no more than are missing."""
        found = self._open(without)
        while len(found) < size and not self._ended:
            said = self._ask(p.Draw(count=size - len(found)), p.Drawn)
            self._ended = said.ended
            self._take(said.examples)
            found = self._open(without)
        return found[:size]

    def task(self) -> dict[str, Any]:
        """Describe the task, as a view's own screen knows it."""
        return {
            "id": self.id,
            "title": self.recipe.title,
            "project": self.package,
            "recipe": TaskRecipe.PUBLISHED,
            "view": self.recipe.view,
            "refusal": None,
            "state": "open",
            "labels": [{**vars(label), "definition": None} for label in self.labels],
            "exclusive": self.exclusive,
            "blind": False,
            "guidelines": None,
            "progress": self._progress(),
            "lease_seconds": LEASE_SECONDS,
            "editable": True,
        }

    def batch(self, body: BatchBody) -> dict[str, Any]:
        """Return the next examples beyond those that the app holds."""
        held = self.draw(body.size, set(body.holding))
        still = [key for key in body.holding if key in self._held]
        return {
            "examples": [self._example(each) for each in held],
            "lost": [key for key in body.holding if key not in self._held],
            "exhausted": not held and not still,
            "retry_after_seconds": None,
        }

    def example(self, key: UUID) -> dict[str, Any]:
        """Return an example with its answer."""
        held = self._find(key)
        answer = _answer_shape(held.answer) if held.answer else None
        return {**self._example(held), "answer": answer}

    def keep_draft(self, key: UUID, body: DraftBody) -> None:
        """Keep what is marked and not decided."""
        self._find(key).draft = body.model_dump(mode="json")

    def save(self, key: UUID, body: AnswerBody) -> tuple[bool, dict[str, Any]]:
        """Save an answer as the recipe wants it; the same again changes nothing.

        Returns: whether it is new, and what the app hears. Raises: Problem.
        """
        held = self._find(body.example)
        before = held.answer
        if before and before.id == key and before.body == body:
            return False, self._saved(before)
        if (before.version if before else 0) != body.base_version or (before and before.id != key):
            raise _conflict(before)
        saved = self._checked(held, body)
        version = body.base_version + 1
        given = Given(key, held.id, body, saved, version, datetime.now(UTC))
        held.answer, held.draft = given, None
        self.given = [each for each in self.given if each.id != key] + [given]
        if "update" in self.components:
            self._ask(p.Update(answers=[saved]), p.Finished)
        return before is None, self._saved(given)

    def history(self, cursor: str) -> dict[str, Any]:
        """Return answers, newest first."""
        start = int(cursor) if cursor.isdigit() else 0
        rows = self.given[::-1]
        shown = rows[start : start + HISTORY_ROWS]
        following = str(start + HISTORY_ROWS) if len(rows) > start + HISTORY_ROWS else None
        return {"results": [_history_row(each) for each in shown], "next": following}

    def progress(self) -> dict[str, Any]:
        """Return how far the annotator is; of a stream only what it gave so far is known."""
        return self._progress()

    def lines(self) -> list[dict[str, Any]]:
        """Return the answers as the recipe has them saved, labels by name."""
        names = {label.id: label.name for label in self.labels}
        return [_named(given.saved, names) for given in self.given]

    def _take(self, lines: list[p.ExampleLine]) -> None:
        for line in lines:
            held = Held(line)
            self._held[held.id] = held
            if "route" in self.components:
                # There is one annotator, who gets it whatever is said; that it can be said is seen.
                self._ask(p.Route(example=line, annotators=[ANNOTATOR]), p.Routed)

    def _open(self, without: Set[UUID]) -> list[Held]:
        every = self._held.values()
        return [each for each in every if each.answer is None and each.id not in without]

    def _find(self, key: UUID) -> Held:
        if key not in self._held:
            raise not_found()
        return self._held[key]

    def _checked(self, held: Held, body: AnswerBody) -> p.AnswerLine:
        view = self.recipe.view or View.SPANS
        exclusive = self.exclusive and view is View.CHOICES
        check_annotation(held.line.text, body, self.labels, exclusive=exclusive, view=view)
        check_reply(held.line, body, view)
        relations = [vars(relation) for relation in body.relations]
        line = p.AnswerLine.model_validate(
            {
                "text": held.line.text,
                "verdict": body.verdict,
                "spans": [vars(span) for span in body.spans],
                "choices": body.choices,
                "written": (body.written or "") if view is View.TEXT else None,
                "picked": body.picked,
                "annotator": ANNOTATOR,
                "relations": relations if view is View.RELATIONS else None,
            }
        )
        if "check" not in self.components:
            return line
        said = self._ask(p.Check(answer=line), p.Checked)
        if said.refusal is not None:
            raise _refused(said.refusal)
        return said.answer or line

    def _example(self, held: Held) -> dict[str, Any]:
        marks = self.recipe.view is not None and self.recipe.view.marks_spans
        return {
            "id": held.id,
            "text": held.line.text,
            "tokens": token_edges(held.line.text) if marks else [],
            "meta": held.line.meta,
            "suggestions": [vars(span) for span in held.line.spans or ()],
            "suggested": held.line.choices or [],
            "options": held.line.options,
            "held_back": False,
            "comments": 0,
            "draft": held.draft,
            "lease_seconds": LEASE_SECONDS,
        }

    def _saved(self, given: Given) -> dict[str, Any]:
        return {"id": given.id, "version": given.version, "progress": self._progress()}

    def _progress(self) -> dict[str, Any]:
        worked_ms = sum(each.body.working_ms for each in self.given)
        return {
            "mine": len(self.given),
            "mine_today": len(self.given),
            "working_seconds_today": worked_ms // 1000,
            "answered": len(self.given),
            "examples": len(self._held),
        }


def _answer_shape(given: Given) -> dict[str, Any]:
    saved = given.saved
    return {
        "id": given.id,
        "example": given.example,
        "verdict": saved.verdict,
        "spans": [span.model_dump(mode="json") for span in saved.spans],
        "choices": saved.choices,
        "relations": [relation.model_dump(mode="json") for relation in saved.relations or ()],
        "written": saved.written,
        "picked": saved.picked,
        "flagged": given.body.flagged,
        "note": given.body.note,
        "version": given.version,
        "working_ms": given.body.working_ms,
        "answered_at": given.at,
    }


def _history_row(given: Given) -> dict[str, Any]:
    return {**_answer_shape(given), "snippet": given.saved.text[:SNIPPET_CODEPOINTS]}


def _named(saved: p.AnswerLine, names: dict[UUID, str]) -> dict[str, Any]:
    spans = [{**span.model_dump(), "label": names.get(span.label, "")} for span in saved.spans]
    choices = [names.get(label, "") for label in saved.choices]
    said = {"text": saved.text, "answer": saved.verdict, "spans": spans, "choices": choices}
    replies = {
        "written": saved.written,
        "picked": saved.picked,
        "relations": _relations(saved, names),
    }
    return said | {name: reply for name, reply in replies.items() if reply is not None}


def _relations(saved: p.AnswerLine, names: dict[UUID, str]) -> list[dict[str, Any]] | None:
    if saved.relations is None:
        return None
    return [
        {**relation.model_dump(), "label": names.get(relation.label, "")}
        for relation in saved.relations
    ]


def _conflict(before: Given | None) -> Problem:
    theirs = _answer_shape(before) if before else None
    title = "This answer was changed elsewhere meanwhile"
    return Problem(409, "answer.conflict", title, theirs=theirs)


def _refused(words: str) -> Problem:
    return Problem(
        400,
        "answer.refused",
        "The task's recipe does not accept this answer",
        words,
        "Change the answer as it says, and save it again.",
    )
