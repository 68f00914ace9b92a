"""Answers without a label of their own: a written text, one of the options, a bare verdict."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from annex.contract.enums import Role, TaskRecipe
from annex.contract.published import View

from tests.worker.annotate.conftest import TEXTS, Annotator, join, stage_with
from tests.worker.cast import sign_in
from worker.store.models import Answer, Example, Suggestion

OPTIONS = ["First reply.", "Second reply."]
Join = Callable[[View], Annotator]


@pytest.fixture
def at(db: None) -> Join:
    """Return a function that puts Ada on a task with a view, without labels; two options each."""

    def make(view: View) -> Annotator:
        stage = stage_with(TEXTS)
        stage.task.recipe, stage.task.view = TaskRecipe.PUBLISHED.value, view.value
        if view is not View.MARK:
            stage.task.label_ids = []
        stage.task.save()
        if view is View.COMPARE:
            Example.objects.update(options=OPTIONS)
        return join(stage, "Ada")

    return make


def first(who: Annotator) -> dict[str, Any]:
    (example,) = who.batch(size=1)["examples"]
    return dict(example)


def test_a_written_text_is_saved_edited_and_in_history(at: Join) -> None:
    ada = at(View.TEXT)
    example, answer_id = first(ada)["id"], uuid4()
    assert ada.save(example, answer_id, written="Grüße 👩‍👩‍👧").status_code == 201
    assert ada.save(example, answer_id, written="Grüße 👩‍👩‍👧").status_code == 200
    edited = ada.save(example, answer_id, written="Other words", base_version=1)
    assert (edited.status_code, edited.json()["version"]) == (200, 2)
    stored = Answer.objects.get()
    assert (stored.written, stored.spans, stored.choices) == ("Other words", None, None)
    (row,) = ada.client.get(ada.url("/history")).json()["results"]
    assert (row["written"], row["picked"], row["spans"]) == ("Other words", None, [])
    again = ada.client.get(ada.url(f"/examples/{example}")).json()
    assert again["answer"]["written"] == "Other words"


def test_a_pick_is_saved_and_the_options_come_in_their_order(at: Join) -> None:
    ada = at(View.COMPARE)
    example = first(ada)
    assert (example["options"], example["tokens"]) == (OPTIONS, [])
    assert ada.save(example["id"], picked=1).status_code == 201
    assert Answer.objects.get().picked == 1


def test_a_mark_shows_what_is_suggested_and_takes_a_verdict(at: Join) -> None:
    ada = at(View.MARK)
    task, rules = ada.stage.task, uuid4()
    task.suggestions_kind, task.suggestions_id = "model", rules
    task.save()
    Suggestion.objects.create(
        example=Example.objects.earliest("id"),
        predictor_kind="model",
        predictor_id=rules,
        spans=[ada.span(0, 3)],
        choices=[ada.stage.labels[1].id],
    )
    example = first(ada)
    assert example["suggestions"] == [ada.span(0, 3)]
    assert example["suggested"] == [str(ada.stage.labels[1].id)]
    assert ada.save(example["id"], verdict="reject").status_code == 201
    stored = Answer.objects.get()
    assert (stored.verdict, stored.spans, stored.choices) == ("reject", None, None)


LABEL, SPAN = "a label", "a span"
WRONG = [
    (View.TEXT, {"written": None}, "answer.bad_written", "written"),
    (View.TEXT, {"written": " \n"}, "answer.bad_written", "written"),
    (View.TEXT, {"written": "Yes", "spans": SPAN}, "answer.bad_spans", "spans"),
    (View.TEXT, {"written": "Yes", "choices": LABEL}, "answer.bad_choices", "choices"),
    (View.TEXT, {"written": "Yes", "picked": 0}, "answer.bad_picked", "picked"),
    (View.COMPARE, {}, "answer.bad_picked", "picked"),
    (View.COMPARE, {"picked": 2}, "answer.bad_picked", "picked"),
    (View.COMPARE, {"picked": 0, "verdict": "reject"}, "answer.bad_picked", "picked"),
    (View.COMPARE, {"picked": 0, "written": "A"}, "answer.bad_written", "written"),
    (View.MARK, {"spans": SPAN}, "answer.bad_spans", "spans"),
    (View.MARK, {"choices": LABEL}, "answer.bad_choices", "choices"),
    (View.SPANS, {"written": "Yes"}, "answer.bad_written", "written"),
    (View.CHOICES, {"picked": 0}, "answer.bad_picked", "picked"),
]


@pytest.mark.parametrize(("view", "said", "code", "field"), WRONG)
def test_what_the_view_does_not_ask_for_is_refused(
    at: Join, view: View, said: dict[str, Any], code: str, field: str
) -> None:
    ada = at(view)
    known = {SPAN: [ada.span(0, 3)], LABEL: [str(ada.stage.labels[0].id)]}
    sent: dict[str, Any] = {name: known.get(str(value), value) for name, value in said.items()}
    example = first(ada)["id"]
    refused = ada.save(example, **sent)
    told = refused.json()
    assert (refused.status_code, told["code"], told["field"]) == (400, code, field)
    answers = {"answers": [{"id": str(uuid4()), "example": example, "verdict": "accept", **sent}]}
    each = ada.client.post(ada.url("/answers"), answers, content_type="application/json").json()
    assert [(row["status"], row["code"]) for row in each["results"]] == [(400, code)]
    assert not Answer.objects.exists()


@pytest.mark.parametrize("said", [{"written": "x" * 20_001}, {"picked": 4}, {"picked": -1}])
def test_bounds_are_those_of_the_contract(at: Join, said: dict[str, Any]) -> None:
    ada = at(View.TEXT)
    assert ada.save(first(ada)["id"], **said).status_code == 400


@pytest.mark.parametrize(
    ("view", "kept"), [(View.TEXT, ""), (View.COMPARE, None), (View.MARK, None)]
)
@pytest.mark.parametrize("verdict", ["reject", "ignore"])
def test_nothing_need_be_said_to_reject_or_ignore(
    at: Join, view: View, kept: str | None, verdict: str
) -> None:
    ada = at(view)
    assert ada.save(first(ada)["id"], verdict=verdict).status_code == 201
    stored = Answer.objects.get()
    assert (stored.verdict, stored.written, stored.picked) == (verdict, kept, None)


def test_drafts_keep_words_and_pick_through_a_reload(at: Join) -> None:
    drafts: list[tuple[View, dict[str, Any]]] = [
        (View.TEXT, {"written": "Half a sen"}),
        (View.COMPARE, {"picked": 1}),
    ]
    for view, said in drafts:
        ada = at(view)
        example = first(ada)["id"]
        where = ada.url(f"/drafts/{example}")
        assert ada.client.put(where, said, content_type="application/json").status_code == 204
        draft = first(ada)["draft"]
        assert {name: draft[name] for name in said} == said


def test_a_conflict_carries_the_words_of_both_sides(at: Join) -> None:
    ada = at(View.TEXT)
    example = first(ada)["id"]
    ada.save(example, written="Theirs")
    sides = ada.save(example, written="Mine").json()
    assert sides["code"] == "answer.conflict"
    assert (sides["theirs"]["written"], sides["yours"]["written"]) == ("Theirs", "Mine")


def test_a_reviewer_corrects_words_of_the_same_task_only(at: Join) -> None:
    ada = at(View.TEXT)
    example = first(ada)["id"]
    ada.save(example, written="Teh reply")
    stage = ada.stage
    grace = stage.person("Grace", Role.REVIEWER, on_task=True)
    reviewer = Annotator(sign_in(grace, {stage.project.id: Role.REVIEWER}), stage, grace)
    seen = reviewer.client.get(reviewer.url(f"/examples/{example}")).json()
    assert seen["corrects"]["written"] == "Teh reply"
    Answer.objects.update(task_id=uuid4())
    seen = reviewer.client.get(reviewer.url(f"/examples/{example}")).json()
    assert seen["corrects"] is None
