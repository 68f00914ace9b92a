"""Relations follow a change of labels as their marks do, and an undo brings them back."""

from __future__ import annotations

import random
from typing import Any
from uuid import UUID, uuid4

import pytest
from annex.contract.enums import LabelChangeKind, Role

from tests.worker.cast import make_stage
from tests.worker.queue.test_label_changes import Scheme, answer, reported
from worker.projects.models import Label
from worker.store.models import Answer

pytestmark = pytest.mark.django_db

SPANS = [(0, 3, "A"), (0, 3, "B"), (4, 7, "C")]


@pytest.fixture
def scheme(db: None) -> Scheme:
    """Return a scheme with one answer: three marks, of which two are of one word, and relations."""
    stage = make_stage()
    ada = stage.person("Ada", Role.ANNOTATOR, on_task=True).id
    labels = {
        name: str(
            Label.objects.create(
                id=uuid4(), project=stage.project, name=name, colour="#1f6f5c", position=n
            ).id
        )
        for n, name in enumerate("ABCDE")
    }
    said: dict[str, Any] = {
        "spans": [{"start": s, "end": e, "label": labels[name]} for s, e, name in SPANS],
        "relations": [
            {"head": head, "child": child, "label": labels[name]}
            for head, child, name in [(0, 1, "D"), (0, 2, "D"), (1, 2, "D"), (2, 0, "E")]
        ],
    }
    (example,) = stage.examples(["one two"])
    answer(stage, example, ada, said, random.Random(1))
    return Scheme(stage, labels)


def said(scheme: Scheme) -> tuple[list[Any], list[Any]]:
    by_id = {label_id: name for name, label_id in scheme.labels.items()}
    stored = Answer.objects.get()
    spans = [(s["start"], s["end"], by_id[s["label"]]) for s in stored.spans or ()]
    relations = [(r["head"], r["child"], by_id[r["label"]]) for r in stored.relations or ()]
    return spans, relations


Change = tuple[LabelChangeKind, str, str]
CHANGES: list[tuple[Change, list[Any], list[Any]]] = [
    # Marks that become one are not related with each other, and what they have in common is once.
    ((LabelChangeKind.MERGE, "A", "B"), [(0, 3, "B"), (4, 7, "C")], [(0, 1, "D"), (1, 0, "E")]),
    ((LabelChangeKind.MERGE, "D", "E"), SPANS,
     [(0, 1, "E"), (0, 2, "E"), (1, 2, "E"), (2, 0, "E")]),
    ((LabelChangeKind.SPLIT, "E", "AB"), SPANS,
     [(0, 1, "D"), (0, 2, "D"), (1, 2, "D"), (2, 0, "A")]),
    ((LabelChangeKind.DELETE, "D", ""), SPANS, [(2, 0, "E")]),
    ((LabelChangeKind.DELETE, "B", ""), [(0, 3, "A"), (4, 7, "C")], [(0, 1, "D"), (1, 0, "E")]),
]  # fmt: skip


@pytest.mark.parametrize(("change", "spans", "relations"), CHANGES)
def test_relations_follow_and_come_back(
    scheme: Scheme, change: Change, spans: list[Any], relations: list[Any]
) -> None:
    before, (kind, labels, into) = said(scheme), change
    body = scheme.change(kind, labels, into, look_again=True)
    assert said(scheme) == (spans, relations)
    assert (reported()["answers"], Answer.objects.get().version) == (1, 2)
    assert {UUID(scheme.labels[name]) for name in labels}.isdisjoint(Answer.objects.get().labels)
    scheme.undo(body)
    assert said(scheme) == before
