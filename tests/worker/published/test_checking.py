"""A recipe is asked about an answer before it is saved, and nobody loses an answer by it."""

from __future__ import annotations

import time
from typing import Any
from uuid import uuid4

import psutil
import pytest
from annex.contract.enums import Role

from tests.worker.annotate.conftest import Annotator, join
from tests.worker.cast import make_stage, sign_in
from tests.worker.published.conftest import Staged
from worker.published import checking
from worker.published.checking import CHECKERS
from worker.published.drawing import top_up
from worker.published.models import RecipeFailure
from worker.store.models import Answer, Example

CANARY = "zebrafinch-7731"


def ada_on(staged: Staged, recipe: str, **arguments: Any) -> tuple[Annotator, list[dict[str, Any]]]:
    stage = staged(recipe, arguments)
    top_up(stage.task.id)
    ada = join(stage, "Ada")
    return ada, ada.batch()["examples"]


def process_ids() -> list[int]:
    recipes = [checker.recipe for checker in CHECKERS._by_task.values()]
    return [recipe.process.process_id for recipe in recipes if recipe]


def test_a_refusal_reaches_the_annotator_in_the_recipes_words(staged: Staged) -> None:
    ada, (example, *_) = ada_on(staged, "polite.letters", count=10)
    refused = ada.save(example["id"])
    assert (refused.status_code, refused.json()["code"]) == (400, "answer.refused")
    assert refused.json()["detail"] == "Mark the courtesy, or reject the letter."
    assert not Answer.objects.exists()
    assert ada.save(example["id"], verdict="reject").status_code == 201


def test_a_recipe_hears_of_its_own_task_s_examples_alone(staged: Staged) -> None:
    ada, _ = ada_on(staged, "polite.letters", count=10)
    theirs = make_stage("Others").examples([CANARY])[0]
    refused = ada.save(str(Example.objects.get(id=theirs.id).uid))
    # Asked about it, the recipe would have said that it lacks a mark.
    assert (refused.status_code, refused.json()["code"]) == (404, "resource.not_found")


def test_what_the_recipe_gives_back_is_saved_and_a_repeat_is_the_same(staged: Staged) -> None:
    ada, (example, *_) = ada_on(staged, "polite.letters", count=10)
    answer_id, end = uuid4(), example["text"].index(",") + 2
    for status in (201, 200):
        saved = ada.save(example["id"], answer_id, spans=[ada.span(0, end)])
        assert saved.status_code == status, saved.content
    assert Answer.objects.get().spans == [ada.span(0, end - 1)]


def test_of_several_the_refused_do_not_hold_up_the_others(staged: Staged) -> None:
    ada, (one, two, *_) = ada_on(staged, "polite.letters", count=10)
    good = {
        "id": str(uuid4()),
        "example": one["id"],
        "verdict": "accept",
        "spans": [ada.span(0, 4)],
    }
    bad = {"id": str(uuid4()), "example": two["id"], "verdict": "accept", "spans": []}
    sent = ada.client.post(
        ada.url("/answers"), {"answers": [bad, good]}, content_type="application/json"
    )
    results = {row["id"]: (row["status"], row["code"]) for row in sent.json()["results"]}
    assert results == {good["id"]: (201, None), bad["id"]: (400, "answer.refused")}


def test_marks_that_do_not_fit_are_ours_to_refuse(staged: Staged) -> None:
    ada, (example, *_) = ada_on(staged, "polite.letters", count=10)
    refused = ada.save(example["id"], spans=[ada.span(0, 10_000)])
    assert refused.json()["code"] == "answer.bad_spans"
    assert not RecipeFailure.objects.exists()
    assert process_ids() == []


FAILING = {
    "raise": "recipe.raised",
    "memory": "recipe.raised",
    "exit": "recipe.exited",
    "hang": "recipe.timed_out",
    "garbage": "recipe.garbage",
    "other-answer": "recipe.garbage",
    "long-line": "recipe.too_long",
}


@pytest.mark.parametrize("how", FAILING)
def test_however_the_recipe_fails_the_answer_is_saved_and_noted(
    staged: Staged, how: str, caplog: pytest.LogCaptureFixture
) -> None:
    ada, (one, two, *_) = ada_on(staged, "unruly.check", how=how)
    ids = [uuid4(), uuid4()]
    assert ada.save(one["id"], ids[0], spans=[ada.span(0, 4)]).status_code == 201
    began = time.monotonic()
    assert ada.save(two["id"], ids[1]).status_code == 201
    assert time.monotonic() - began < 1, "it is not tried again at once"
    assert Answer.objects.get(id=ids[0]).spans == [ada.span(0, 4)]
    failure = RecipeFailure.objects.get()
    assert (failure.kind, failure.unchecked) == (FAILING[how], ids)
    assert process_ids() == []
    assert CANARY not in caplog.text


def test_developers_read_of_failures_and_annotators_do_not(staged: Staged) -> None:
    ada, (example, *_) = ada_on(staged, "unruly.check", how="raise")
    ada.save(example["id"])
    stage = ada.stage
    dev = sign_in(stage.person("Dev", Role.DEVELOPER), {stage.project.id: Role.DEVELOPER})
    shown = dev.get(ada.url("/stream")).json()
    assert (shown["state"], shown["taken"], shown["refusal"]) == ("ended", 3, None)
    [failure] = shown["failures"]
    assert (failure["code"], len(failure["unchecked"])) == ("recipe.raised", 1)
    assert CANARY in failure["message"]
    assert "in misbehave" in failure["traceback"]
    assert ada.client.get(ada.url("/stream")).status_code == 404


def test_a_process_serves_many_answers_and_ends_when_idle(
    staged: Staged, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "LOOK_SECONDS", 0.05)
    ada, examples = ada_on(staged, "polite.letters", count=10)
    seen = set()
    for example in examples[:3]:
        assert ada.save(example["id"], verdict="reject").status_code == 201
        seen |= set(process_ids())
    assert len(seen) == 1
    monkeypatch.setattr(checking, "IDLE_SECONDS", 0.0)
    until = time.monotonic() + 20
    while psutil.pid_exists(next(iter(seen))) and time.monotonic() < until:
        time.sleep(0.05)
    assert not psutil.pid_exists(next(iter(seen)))
    assert ada.save(examples[4]["id"], verdict="reject").status_code == 201


def test_the_longest_unused_makes_room(staged: Staged, settings: Any) -> None:
    settings.RECIPE_CHECKERS = 1
    for _ in range(2):
        ada, (example, *_) = ada_on(staged, "polite.letters", count=10)
        assert ada.save(example["id"], verdict="reject").status_code == 201
        assert len(process_ids()) == 1
    assert list(CHECKERS._by_task) == [ada.stage.task.id]
