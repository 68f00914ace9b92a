"""Saving answers: repeats, edits, conflicts, in real threads on a real database."""

from __future__ import annotations

import threading
import uuid
from typing import TypedDict, Unpack

import pytest
from annex.contract.enums import Component, Verdict
from django.db import connection

from tests.worker.cast import Stage, make_stage
from worker.store.answers import (
    AnswerConflict,
    AnswerIdTaken,
    Decision,
    Saved,
    answers_for_training,
    save_answer,
)
from worker.store.counts import dataset_totals
from worker.store.models import Answer, Example


class Given(TypedDict, total=False):
    """What `save_answer` takes."""

    answer_id: uuid.UUID
    task_id: uuid.UUID | None
    example_id: int
    annotator: uuid.UUID
    decision: Decision
    base_version: int


def save(stage: Stage, example: Example, **changes: Unpack[Given]) -> Saved:
    given: Given = {
        "answer_id": uuid.UUID(int=example.id),
        "task_id": stage.task.id,
        "example_id": example.id,
        "annotator": uuid.UUID(int=1),
        "decision": Decision(Verdict.ACCEPT, []),
    }
    return save_answer(**(given | changes))


def test_saving_twice_is_once(stage: Stage) -> None:
    [example] = stage.examples(["a"])
    first, second = save(stage, example), save(stage, example)
    assert (first.created, first.changed, first.answer.version) == (True, True, 1)
    assert (second.created, second.changed) == (False, False)
    assert Answer.objects.count() == 1


def test_an_edit_counts_the_version_up(stage: Stage) -> None:
    [example] = stage.examples(["a"])
    save(stage, example)
    edited = save(stage, example, decision=Decision(Verdict.REJECT, []), base_version=1)
    assert (edited.created, edited.changed, edited.answer.version) == (False, True, 2)
    repeated = save(stage, example, decision=Decision(Verdict.REJECT, []), base_version=1)
    assert (repeated.changed, repeated.answer.version) == (False, 2)


def test_an_edit_of_an_older_version_shows_both(stage: Stage) -> None:
    [example] = stage.examples(["a"])
    save(stage, example)
    save(stage, example, decision=Decision(Verdict.REJECT, []), base_version=1)
    with pytest.raises(AnswerConflict) as raised:
        save(stage, example, decision=Decision(Verdict.IGNORE, []), base_version=1)
    problem = raised.value.to_problem()
    assert (problem["yours"]["verdict"], problem["theirs"]["verdict"]) == ("ignore", "reject")
    assert problem["theirs"]["version"] == 2


def test_a_second_id_for_the_same_answer_is_a_conflict(stage: Stage) -> None:
    [example] = stage.examples(["a"])
    save(stage, example)
    with pytest.raises(AnswerConflict):
        save(stage, example, answer_id=uuid.uuid4())


def test_an_id_cannot_be_used_for_another_example(stage: Stage) -> None:
    first, second = stage.examples(["a", "b"])
    save(stage, first)
    with pytest.raises(AnswerIdTaken):
        save(stage, second, answer_id=uuid.UUID(int=first.id))
    assert Answer.objects.count() == 1


def test_the_last_answer_decides_for_training_and_totals(stage: Stage) -> None:
    examples = stage.examples(["a", "b", "c", "d"])
    for example, verdict in zip(examples, ["accept", "accept", "ignore"], strict=False):
        save(stage, example, decision=Decision(Verdict(verdict), []))
    save(
        stage,
        examples[1],
        answer_id=uuid.uuid4(),
        annotator=uuid.UUID(int=2),
        decision=Decision(Verdict.REJECT, []),
    )
    deciding = answers_for_training([stage.dataset.id], Component.NER)
    assert [(a.example.text, a.verdict) for a in deciding] == [("a", "accept"), ("b", "reject")]
    totals = dataset_totals(stage.dataset)
    assert (totals.examples, totals.accepted, totals.rejected, totals.ignored) == (4, 1, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_double_submits_in_threads_store_one_answer() -> None:
    stage = make_stage()
    [example] = stage.examples(["a"])
    outcomes: list[Saved] = []
    start = threading.Barrier(8)

    def submit() -> None:
        start.wait()
        try:
            outcomes.append(save(stage, example))
        finally:
            connection.close()

    threads = [threading.Thread(target=submit) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcome.created for outcome in outcomes) == [False] * 7 + [True]
    assert Answer.objects.get().version == 1
