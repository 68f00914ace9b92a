"""An evaluation's page: all figures, and the texts that went wrong, for developers only."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from annex.contract.enums import Component, Role
from django.test import Client

from tests.worker.annotate.test_query_counts import count
from tests.worker.cast import Stage, make_stage, sign_in
from tests.worker.training.measured import keep_evaluation, spans
from worker.predictors.base import Annotation
from worker.store.models import Answer
from worker.training.models import Evaluation, Prediction

pytestmark = pytest.mark.django_db
TEXT = "Set MaxItems to ALL."


@pytest.fixture
def stage() -> Stage:
    return make_stage()


@pytest.fixture
def developer(stage: Stage) -> Client:
    return sign_in(stage.person("Dev", Role.DEVELOPER), {stage.project.id: Role.DEVELOPER})


def hold_back(stage: Stage, count: int, **answer: Any) -> None:
    for example in stage.examples([f"{TEXT} {n}" for n in range(count)], held_back=True):
        Answer.objects.create(
            id=uuid.uuid4(),
            example=example,
            annotator=uuid.UUID(int=7),
            verdict="accept",
            answered_at=datetime(2025, 1, 1, tzinfo=UTC),
            **answer,
        )


def marked(stage: Stage, count: int) -> None:
    field, value = (str(label.id) for label in stage.labels)
    gold = [{"start": 4, "end": 12, "label": field}, {"start": 16, "end": 19, "label": value}]
    hold_back(stage, count, spans=gold)


def test_page_shows_every_figure_and_counts_mistakes_by_kind(
    stage: Stage, developer: Client
) -> None:
    marked(stage, 3)
    said = [
        spans((4, 12, "FIELD"), (16, 19, "VALUE")),
        spans((4, 11, "FIELD")),
        spans((4, 12, "VALUE"), (13, 15, "FIELD"), (16, 19, "VALUE")),
    ]
    evaluation = keep_evaluation(stage, said)
    body = developer.get(f"/api/evaluations/{evaluation.id}").json()
    assert body["mistakes"] == {"missed": 1, "spurious": 1, "boundary": 1, "label": 1}
    assert body["overall"]["support"] == 6
    assert {row["label"]: row["support"] for row in body["per_label"]} == {"FIELD": 3, "VALUE": 3}
    per_label = [row["f"] for row in body["per_label"]]
    assert body["macro"]["f"] == pytest.approx(sum(per_label) / 2)
    assert body["dataset_name"] == stage.evaluation.name


def test_worst_texts_come_first_and_can_be_filtered(stage: Stage, developer: Client) -> None:
    marked(stage, 3)
    said = [
        spans((4, 12, "FIELD"), (16, 19, "VALUE")),
        spans((4, 12, "FIELD")),
        spans((4, 12, "VALUE")),
    ]
    url = f"/api/evaluations/{keep_evaluation(stage, said).id}/mistakes"
    worst = developer.get(url).json()
    assert worst["texts"] == 2
    assert [row["text"][-1] for row in worst["worst"]] == ["2", "1"]
    first = worst["worst"][0]
    assert first["predicted"]["spans"] == [{"start": 4, "end": 12, "label": "VALUE"}]
    assert first["mistakes"][0] == {
        "kind": "label",
        "gold": "FIELD",
        "predicted": "VALUE",
        "gold_text": "MaxItems",
        "predicted_text": "MaxItems",
    }
    assert developer.get(url, {"kind": "label"}).json()["texts"] == 1
    assert developer.get(url, {"label": "FIELD"}).json()["texts"] == 1
    assert developer.get(url, {"kind": "boundary"}).json()["worst"] == []
    assert developer.get(url, {"kind": "worse"}).status_code == 400


def test_labels_of_texts_show_confusion_and_how_sure_the_model_was(
    stage: Stage, developer: Client
) -> None:
    hold_back(stage, 3, spans=None, choices=[stage.labels[0].id])
    sure = [("FIELD", 0.9), ("VALUE", 0.6), ("VALUE", 0.95)]
    said = [Annotation((), [label], {label: score}) for label, score in sure]
    evaluation = keep_evaluation(stage, said, component=Component.TEXTCAT)
    body = developer.get(f"/api/evaluations/{evaluation.id}").json()
    assert body["mistakes"] == {"missed": 0, "spurious": 0, "boundary": 0, "label": 2}
    assert body["confusion"] == [
        {"gold": "FIELD", "predicted": "FIELD", "count": 1},
        {"gold": "FIELD", "predicted": "VALUE", "count": 2},
    ]
    worst = developer.get(f"/api/evaluations/{evaluation.id}/mistakes").json()["worst"]
    assert [row["predicted"]["scores"]["VALUE"] for row in worst] == [0.95, 0.6]


def test_page_costs_the_same_statements_for_many_mistakes(stage: Stage, developer: Client) -> None:
    marked(stage, 30)
    few = keep_evaluation(stage, [*[spans()] * 2, *[spans((4, 12, "FIELD"))] * 28])
    many = keep_evaluation(stage, [spans()] * 30)
    for suffix in ("", "/mistakes"):
        spent = [
            count(lambda: developer.get(f"/api/evaluations/{one.id}{suffix}"))  # noqa: B023
            for one in (few, many)
        ]
        assert spent[0] == spent[1] <= 12


def test_texts_that_are_gone_take_their_mistakes_along(stage: Stage, developer: Client) -> None:
    marked(stage, 2)
    evaluation = keep_evaluation(stage, [spans(), spans()])
    stage.evaluation.delete()
    assert not Prediction.objects.exists()
    assert developer.get(f"/api/evaluations/{evaluation.id}").json()["mistakes"] is None
    assert developer.get(f"/api/evaluations/{evaluation.id}/mistakes").json()["texts"] == 0


@pytest.mark.parametrize("suffix", ["", "/mistakes"])
def test_others_see_nothing(stage: Stage, suffix: str) -> None:
    marked(stage, 1)
    evaluation = keep_evaluation(stage, [spans()])
    other = make_stage("Other")
    annotator = sign_in(stage.person("Ann", Role.ANNOTATOR), {stage.project.id: Role.ANNOTATOR})
    stranger = sign_in(other.person("Dev", Role.DEVELOPER), {other.project.id: Role.DEVELOPER})
    for client in (annotator, stranger):
        assert client.get(f"/api/evaluations/{evaluation.id}{suffix}").status_code == 404
    assert Evaluation.objects.filter(id=evaluation.id).exists()
