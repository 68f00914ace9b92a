"""Labels for whole texts: one, several, or yes and no."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from annex.contract.enums import TaskRecipe, Verdict

from tests.worker.annotate.conftest import TEXTS, Annotator, join, stage_with
from worker.store.models import Answer, Example, Suggestion


@pytest.fixture
def classifying(db: None) -> Annotator:
    """Ada, on a task whose two labels exclude each other."""
    stage = stage_with(TEXTS)
    stage.task.recipe, stage.task.exclusive = TaskRecipe.TEXTCAT_MANUAL.value, True
    stage.task.save()
    return join(stage, "Ada")


def labels_of(who: Annotator) -> list[str]:
    return [str(label.id) for label in who.stage.labels]


def test_choice_is_saved_shown_in_history_and_edited(classifying: Annotator) -> None:
    first, second = labels_of(classifying)
    example = classifying.batch(size=1)["examples"][0]["id"]
    answer_id = uuid4()
    assert classifying.save(example, answer_id, choices=[first]).status_code == 201
    assert classifying.save(example, answer_id, choices=[first]).status_code == 200
    edited = classifying.save(example, answer_id, choices=[second], base_version=1)
    assert (edited.status_code, edited.json()["version"]) == (200, 2)
    stored = Answer.objects.get()
    assert (stored.choices, stored.spans) == ([UUID(second)], None)
    (row,) = classifying.client.get(classifying.url("/history")).json()["results"]
    assert (row["choices"], row["spans"]) == ([second], [])


@pytest.mark.parametrize(
    ("exclusive", "verdict", "choices", "status"),
    [
        (True, "accept", [], 400),
        (True, "accept", [0, 1], 400),
        (True, "reject", [], 201),
        (False, "accept", [], 201),
        (False, "accept", [0, 1], 201),
        (False, "accept", [0, 0], 400),
        (False, "accept", ["a label of nobody"], 400),
    ],
)
def test_choices_must_fit_the_task(
    classifying: Annotator, exclusive: bool, verdict: str, choices: list[int | str], status: int
) -> None:
    task, known = classifying.stage.task, labels_of(classifying)
    task.exclusive = exclusive
    task.save()
    sent = [known[choice] if isinstance(choice, int) else str(uuid4()) for choice in choices]
    example = classifying.batch(size=1)["examples"][0]["id"]
    answer = classifying.save(example, verdict=verdict, choices=sent)
    assert (answer.status_code, Answer.objects.count()) == (status, int(status == 201))
    if status == 400:
        assert (answer.json()["code"], answer.json()["field"]) == ("answer.bad_choices", "choices")


def test_marks_are_not_asked_for_where_texts_are_classified(
    classifying: Annotator, ada: Annotator
) -> None:
    chosen = labels_of(classifying)[:1]
    classifying.save(classifying.batch(size=1)["examples"][0]["id"], choices=chosen)
    ada.save(ada.batch(size=1)["examples"][0]["id"], spans=[ada.span(0, 3)])
    said = [(answer.spans, answer.choices) for answer in Answer.objects.order_by("answered_at")]
    assert said == [(None, [UUID(chosen[0])]), ([ada.span(0, 3)], None)]


def test_suggested_labels_of_the_task_are_shown(classifying: Annotator) -> None:
    task, rules = classifying.stage.task, uuid4()
    task.suggestions_kind, task.suggestions_id = "model", rules
    task.save()
    known = UUID(labels_of(classifying)[0])
    Suggestion.objects.create(
        example=Example.objects.earliest("id"),
        predictor_kind="model",
        predictor_id=rules,
        choices=[known, uuid4()],
    )
    shown = classifying.batch(size=2)["examples"]
    assert [row["suggested"] for row in shown] == [[str(known)], []]


def test_draft_keeps_choices_through_a_reload(classifying: Annotator) -> None:
    example = classifying.batch(size=1)["examples"][0]["id"]
    chosen, refused = labels_of(classifying)
    draft = {"choices": [chosen], "refused": [refused], "note": "unsure"}
    where = classifying.url(f"/drafts/{example}")
    kept = classifying.client.put(where, draft, content_type="application/json")
    assert kept.status_code == 204
    (again,) = classifying.batch(size=1)["examples"]
    assert (again["id"], again["tokens"]) == (example, [])
    assert (again["draft"]["choices"], again["draft"]["refused"]) == ([chosen], [refused])


def test_conflict_carries_choices_of_both_sides(classifying: Annotator) -> None:
    first, second = labels_of(classifying)
    example = classifying.batch(size=1)["examples"][0]["id"]
    classifying.save(example, choices=[first])
    refused = classifying.save(example, choices=[second])
    sides = refused.json()
    assert (refused.status_code, sides["code"]) == (409, "answer.conflict")
    assert (sides["theirs"]["choices"], sides["yours"]["choices"]) == ([first], [second])
    assert sides["theirs"]["verdict"] == Verdict.ACCEPT
