"""Marks that overlap, and relations between marks, where a task's recipe shows them."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from annex.contract.enums import LabelChangeKind, TaskRecipe, Verdict
from annex.contract.inbound import ChangeLabels
from annex.contract.published import View

from tests.worker.annotate.conftest import TEXTS, Annotator, join, stage_with
from tests.worker.queue.test_label_changes import send
from worker.projects.models import Label
from worker.published.telling import answer_line
from worker.queue.filling import fill_queue
from worker.store.models import Answer
from worker.store.relations import Relation


def shown_on(view: View) -> Annotator:
    """Put Ada on a task whose own recipe shows this view."""
    stage = stage_with(TEXTS)
    stage.task.recipe, stage.task.view = TaskRecipe.PUBLISHED.value, view.value
    stage.task.save()
    fill_queue(stage.task)
    return join(stage, "Ada")


@pytest.fixture
def relating(db: None) -> Annotator:
    return shown_on(View.RELATIONS)


def relation(who: Annotator, head: int, child: int, label: int = 1) -> Relation:
    return {"head": head, "child": child, "label": str(who.stage.labels[label].id)}


def first(who: Annotator) -> str:
    return str(who.batch(size=1)["examples"][0]["id"])


def test_relations_are_saved_by_the_places_that_their_marks_get(relating: Annotator) -> None:
    example, answer_id = first(relating), uuid4()
    spans = [relating.span(17, 22), relating.span(4, 16), relating.span(4, 22)]
    sent = {"spans": spans, "relations": [relation(relating, 2, 0), relation(relating, 0, 1)]}
    assert relating.save(example, answer_id, **sent).status_code == 201
    assert relating.save(example, answer_id, **sent).status_code == 200
    stored = Answer.objects.get()
    assert stored.spans == [spans[1], spans[2], spans[0]]
    assert stored.relations == [relation(relating, 1, 2), relation(relating, 2, 0)]
    (row,) = relating.client.get(relating.url("/history")).json()["results"]
    assert row["relations"] == stored.relations
    edited = relating.save(example, answer_id, spans=spans, base_version=1)
    assert (edited.status_code, edited.json()["version"]) == (200, 2)
    assert Answer.objects.get().relations == []


def test_the_task_says_its_view_and_its_examples_have_tokens(relating: Annotator) -> None:
    assert relating.client.get(relating.url()).json()["view"] == "relations"
    assert relating.batch(size=1)["examples"][0]["tokens"]


def test_a_mark_may_relate_to_itself(relating: Annotator) -> None:
    said: dict[str, Any] = {
        "spans": [relating.span(0, 3)],
        "relations": [relation(relating, 0, 0)],
    }
    assert relating.save(first(relating), **said).status_code == 201
    assert Answer.objects.get().relations == said["relations"]


WRONG: list[tuple[list[tuple[int, int, int]], str]] = [
    ([(0, 2, 1)], "relations[0]"),
    ([(0, 1, 1), (1, 2, 1)], "relations[1]"),
    ([(0, 1, 9)], "relations"),
]


@pytest.mark.parametrize(("relations", "field"), WRONG)
def test_relations_must_fit_the_marks(
    relating: Annotator, relations: list[tuple[int, int, int]], field: str
) -> None:
    spans = [relating.span(0, 3), relating.span(4, 16)]
    labels = [str(label.id) for label in relating.stage.labels] + [str(uuid4())] * 8
    sent = [{"head": head, "child": child, "label": labels[n]} for head, child, n in relations]
    refused = relating.save(first(relating), spans=spans, relations=sent)
    assert (refused.status_code, refused.json()["code"]) == (400, "answer.bad_relations")
    assert (refused.json()["field"], Answer.objects.count()) == (field, 0)


@pytest.mark.parametrize(
    ("view", "spans", "status"),
    [
        (View.SPANS, [(4, 16, 0), (4, 22, 0)], 400),
        (View.OVERLAPPING, [(4, 16, 0), (4, 22, 0)], 201),
        (View.OVERLAPPING, [(4, 16, 0), (4, 16, 1)], 201),
        (View.RELATIONS, [(4, 16, 0), (10, 22, 1)], 201),
        (View.OVERLAPPING, [(4, 99, 0)], 400),
    ],
)
def test_marks_overlap_where_the_view_lets_them(
    db: None, view: View, spans: list[tuple[int, int, int]], status: int
) -> None:
    ada = shown_on(view)
    saved = ada.save(first(ada), spans=[ada.span(*span) for span in spans])
    assert (saved.status_code, Answer.objects.count()) == (status, int(status == 201))
    if status == 400:
        assert saved.json()["code"] == "answer.bad_spans"
    elif view is View.OVERLAPPING:
        # Nobody was asked for relations.
        assert Answer.objects.get().relations is None


def test_a_mark_behind_the_text_is_seen_wherever_it_stands(db: None) -> None:
    """The last of overlapping marks need not be the one that ends last."""
    ada = shown_on(View.OVERLAPPING)
    refused = ada.save(first(ada), spans=[ada.span(0, 99), ada.span(4, 16)])
    assert (refused.status_code, refused.json()["code"]) == (400, "answer.bad_spans")


def test_a_draft_keeps_relations_through_a_reload(relating: Annotator) -> None:
    example = first(relating)
    draft = {
        "spans": [relating.span(0, 3), relating.span(4, 16)],
        "relations": [relation(relating, 0, 1), relation(relating, 0, 7)],
    }
    where = relating.url(f"/drafts/{example}")
    assert relating.client.put(where, draft, content_type="application/json").status_code == 204
    (again,) = relating.batch(size=1)["examples"]
    assert again["draft"]["relations"] == [relation(relating, 0, 1)]


def test_a_conflict_carries_relations_of_both_sides(relating: Annotator) -> None:
    example = first(relating)
    spans = [relating.span(0, 3), relating.span(4, 16)]
    relating.save(example, spans=spans, relations=[relation(relating, 0, 1)])
    refused = relating.save(example, spans=spans, relations=[relation(relating, 1, 0)]).json()
    assert refused["theirs"]["relations"] == [relation(relating, 0, 1)]
    assert refused["yours"]["relations"] == [relation(relating, 1, 0)]


def test_a_recipe_hears_of_relations(relating: Annotator) -> None:
    spans = [relating.span(0, 3), relating.span(4, 16)]
    relating.save(first(relating), spans=spans, relations=[relation(relating, 0, 1)])
    line = answer_line(Answer.objects.select_related("example").get())
    assert line.relations is not None
    assert [each.model_dump(mode="json") for each in line.relations] == [relation(relating, 0, 1)]


def test_an_app_open_since_before_a_label_change_is_understood(relating: Annotator) -> None:
    stage = relating.stage
    old = Label.objects.create(
        id=uuid4(), project=stage.project, name="OLD", colour="#1f6f5c", key="", position=9
    )
    field, value = (label.id for label in stage.labels)
    body: Any = {"change": uuid4(), "project": stage.project.id, "step": "apply"}
    send(ChangeLabels(**body, kind=LabelChangeKind.MERGE, labels=[old.id], into=[value]))
    Label.objects.filter(id=old.id).update(retired=True)
    spans = [relating.span(4, 16, 1), {"start": 4, "end": 16, "label": str(old.id)}]
    sent = {"head": 1, "child": 2, "label": str(old.id)}
    saved = relating.save(first(relating), spans=[*spans, relating.span(0, 3)], relations=[sent])
    assert saved.status_code == 201, saved.content
    stored = Answer.objects.get()
    assert [UUID(span["label"]) for span in stored.spans or ()] == [field, value]
    assert stored.relations == [{"head": 1, "child": 0, "label": str(value)}]
    assert stored.verdict == Verdict.ACCEPT
