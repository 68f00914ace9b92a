"""Examples that come back after a label change, as the annotation app sees them."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from annex.contract.enums import LabelChangeKind, LabelChangeStep, Verdict
from annex.contract.inbound import ChangeLabels
from django.db import transaction

from tests.worker.annotate.conftest import TEXTS, Annotator, join, stage_with
from worker.link.commands import run_handler
from worker.projects.models import Label, TaskAnnotator
from worker.queue.models import QueueItem, SecondLook
from worker.queue.second_looks import release_looks
from worker.store.answers import IMPORT_ANNOTATOR, Decision, save_answer
from worker.store.models import Answer


def split_field(ada: Annotator, *, evaluation: bool = True) -> list[Label]:
    """Split FIELD into two new parts, as the control plane does, and return them."""
    stage = ada.stage
    parts = [
        Label.objects.create(
            id=uuid4(), project=stage.project, name=name, colour="#1f6f5c", key="", position=n
        )
        for n, name in enumerate(["INPUT", "OUTPUT"], start=2)
    ]
    change(ada, LabelChangeKind.SPLIT, [part.id for part in parts], evaluation=evaluation)
    stage.task.label_ids = [stage.labels[1].id, *(part.id for part in parts)]
    stage.task.save()
    return parts


def change(ada: Annotator, kind: LabelChangeKind, into: list[UUID], **options: Any) -> None:
    field = ada.stage.labels[0]
    body = ChangeLabels(
        change=uuid4(), project=ada.stage.project.id, kind=kind, step=LabelChangeStep.APPLY,
        labels=[field.id], into=into, look_again=True, **options,
    )  # fmt: skip
    with transaction.atomic():
        run_handler(uuid4(), body)
    Label.objects.filter(id=field.id).update(retired=True)


def test_it_comes_first_to_its_annotator_with_the_answer_as_draft(ada: Annotator) -> None:
    first, second = ada.batch(size=2)["examples"]
    ada.save(first["id"], spans=[ada.span(4, 16)])
    ada.save(second["id"], spans=[ada.span(0, 3, label=1)])
    parts = split_field(ada)
    ben = join(ada.stage, "Ben")
    assert first["id"] not in {row["id"] for row in ben.batch()["examples"]}
    again, *rest = ada.batch()["examples"]
    assert again["id"] == first["id"]
    assert again["look_again"] == {
        "kind": "split", "labels": ["FIELD"], "into": ["INPUT", "OUTPUT"], "marks": 1,
    }  # fmt: skip
    mark = {"start": 4, "end": 16, "label": str(parts[0].id)}
    assert again["draft"]["spans"] == again["answer"]["spans"] == [mark]
    assert all(row["look_again"] is None for row in rest)
    saved = ada.save(
        first["id"], UUID(again["answer"]["id"]), base_version=again["answer"]["version"],
        spans=[mark | {"label": str(parts[1].id)}],
    )  # fmt: skip
    assert saved.status_code == 200
    assert not SecondLook.objects.exists()
    assert ada.batch()["examples"] == rest


def test_an_answer_may_be_confirmed_as_it_stands(ada: Annotator) -> None:
    (example,) = ada.batch(size=1)["examples"]
    ada.save(example["id"], spans=[ada.span(4, 16)])
    split_field(ada)
    again = ada.batch(size=1)["examples"][0]
    answer = again["answer"]
    body = {"base_version": answer["version"], "spans": answer["spans"]}
    assert ada.save(example["id"], UUID(answer["id"]), **body).json()["version"] == 2
    assert not SecondLook.objects.exists()


def test_what_is_changed_but_not_answered_survives_a_reload(ada: Annotator) -> None:
    (example,) = ada.batch(size=1)["examples"]
    ada.save(example["id"], spans=[ada.span(4, 16)])
    split_field(ada)
    draft = {"spans": [], "choices": [], "flagged": True, "note": "neither"}
    kept = ada.client.put(
        ada.url(f"/drafts/{example['id']}"), draft, content_type="application/json"
    )
    assert kept.status_code == 204
    assert ada.batch(size=1)["examples"][0]["draft"] == draft | {
        "dismissed": [],
        "refused": [],
        "relations": [],
        "written": None,
        "picked": None,
    }
    holding = ada.batch(size=1, holding=[example["id"]])
    assert holding["lost"] == []
    assert holding["examples"][0]["id"] != example["id"]


def test_when_the_annotator_has_left_somebody_else_gets_it(ada: Annotator) -> None:
    (example,) = ada.batch(size=1)["examples"]
    ada.save(example["id"], spans=[ada.span(4, 16)])
    split_field(ada)
    ben = join(ada.stage, "Ben")
    TaskAnnotator.objects.filter(subject=ada.subject.id).delete()
    release_looks([ada.stage.task.id], [ada.subject.id])
    again = ben.batch(size=1)["examples"][0]
    assert again["id"] == example["id"]
    assert again["answer"] is None
    slots = set(QueueItem.objects.values_list("example_id", "open_slots", "missing"))
    assert ben.save(example["id"], spans=[]).status_code == 201
    assert slots == set(QueueItem.objects.values_list("example_id", "open_slots", "missing"))
    assert Answer.objects.latest_in([ada.stage.dataset.id]).get().spans == []


def test_an_answer_that_came_with_a_file_comes_to_whoever_works(db: None) -> None:
    ada = join(stage_with(TEXTS), "Ada")
    (gold,) = ada.stage.examples(["The Field of a file."])
    save_answer(
        answer_id=uuid4(), task_id=None, example_id=gold.id, annotator=IMPORT_ANNOTATOR,
        decision=Decision(Verdict.ACCEPT, [ada.span(4, 9)]),
    )  # fmt: skip
    change(ada, LabelChangeKind.DELETE, [])
    again = ada.batch(size=1)["examples"][0]
    assert again["text"] == "The Field of a file."
    assert again["draft"]["spans"] == []
    assert again["look_again"] == {"kind": "delete", "labels": ["FIELD"], "into": [], "marks": 1}


def test_an_app_that_was_open_before_the_change_still_saves(ada: Annotator) -> None:
    first, second = ada.batch(size=2)["examples"]
    before = ada.save(first["id"], (answer_id := uuid4()), spans=[ada.span(4, 16)])
    parts = split_field(ada)
    saved = ada.save(second["id"], spans=[ada.span(0, 3)])
    assert saved.status_code == 201
    stored = Answer.objects.get(example__uid=second["id"])
    assert stored.spans == [{"start": 0, "end": 3, "label": str(parts[0].id)}]
    # The acknowledgement of the first save was lost: its repeat is still a repeat.
    repeated = ada.save(first["id"], answer_id, spans=[ada.span(4, 16)])
    assert (before.status_code, repeated.status_code) == (201, 200)
    assert SecondLook.objects.count() == 1


def test_drafts_and_suggestions_are_read_under_the_labels_of_today(ada: Annotator) -> None:
    (example,) = ada.batch(size=1)["examples"]
    draft = {"spans": [ada.span(4, 16)], "flagged": False, "note": ""}
    ada.client.put(ada.url(f"/drafts/{example['id']}"), draft, content_type="application/json")
    parts = split_field(ada)
    shown = ada.batch(size=1)["examples"][0]["draft"]["spans"]
    assert shown == [{"start": 4, "end": 16, "label": str(parts[0].id)}]
