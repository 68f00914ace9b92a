"""A sentence on every predictor, and edited rules on the answers: nothing of it stays."""

from __future__ import annotations

import uuid
from itertools import pairwise
from typing import Any

import pytest
from annex.contract.enums import PredictorKind, Role
from django.test import Client
from hypothesis import given

from tests.worker.annotate.test_query_counts import count
from tests.worker.cast import Stage, make_stage, sign_in
from tests.worker.training.test_evaluation_api import hold_back
from tests.worker.training.test_mistakes import marks
from worker.people.models import AccessRow
from worker.predictors.base import NamedSpan
from worker.predictors.combined import union
from worker.store.models import Asset
from worker.store.patterns import write_patterns
from worker.workbench.loaded import Known, Shelf
from worker.workbench.rules import MAX_MEASURED, MAX_SAMPLED

SAVED = [{"label": "FIELD", "pattern": "MaxItems"}]


@given(marks(), marks())
def test_the_first_of_two_decides_and_nothing_overlaps(
    decided: tuple[NamedSpan, ...], proposed: tuple[NamedSpan, ...]
) -> None:
    both = union(decided, proposed)
    assert set(decided) <= set(both) <= set(decided) | set(proposed)
    assert all(one.end <= other.start for one, other in pairwise(both))
    left = set(proposed) - set(both)
    assert all(any(m.start < d.end and d.start < m.end for d in decided) for m in left)


@pytest.fixture
def stage(db: None) -> Stage:
    return make_stage()


@pytest.fixture
def developer(stage: Stage) -> Client:
    return sign_in(stage.person("Dev", Role.DEVELOPER), {stage.project.id: Role.DEVELOPER})


def rules(stage: Stage, patterns: list[dict[str, Any]] = SAVED) -> Asset:
    asset = Asset.objects.create(
        id=uuid.uuid4(), project_id=stage.project.id, kind="patterns", name="Rules"
    )
    write_patterns(asset, dict(enumerate(patterns, start=1)))
    return asset


def post(client: Client, url: str, body: dict[str, Any]) -> Any:
    return client.post(url, body, content_type="application/json")


def test_every_predictor_answers_and_nothing_is_stored(stage: Stage, developer: Client) -> None:
    rules(stage)
    rules(stage, [{"label": "VALUE", "regex": "[A-Z]{3,}"}])
    url, rows = f"/api/projects/{stage.project.id}/try", AccessRow.objects.count()
    body = post(developer, url, {"text": "🙂 Set MaxItems to ALL."}).json()
    assert sorted(one["said"]["spans"][0]["label"] for one in body["answers"]) == ["FIELD", "VALUE"]
    assert all(one["milliseconds"] > 0 for one in body["answers"])
    assert {"start": 6, "end": 14, "label": "FIELD"} in [
        mark for one in body["answers"] for mark in one["said"]["spans"]
    ]
    assert AccessRow.objects.count() == rows


@pytest.mark.parametrize("text", ["", "x" * 5001])
def test_a_text_has_bounds(stage: Stage, developer: Client, text: str) -> None:
    url = f"/api/projects/{stage.project.id}/try"
    assert post(developer, url, {"text": text}).status_code == 400


def test_rules_that_were_saved_again_answer_anew(stage: Stage, developer: Client) -> None:
    asset, url = rules(stage), f"/api/projects/{stage.project.id}/try"
    text = {"text": "Set MaxItems."}
    assert len(post(developer, url, text).json()["answers"][0]["said"]["spans"]) == 1
    write_patterns(asset, {1: {"label": "FIELD", "pattern": "MinItems"}})
    assert post(developer, url, text).json()["answers"][0]["said"]["spans"] == []


def test_few_predictors_stay_loaded(stage: Stage) -> None:
    shelf, assets = Shelf(size=2), [rules(stage) for _ in range(3)]
    known = [Known(PredictorKind.RULES, asset.id, "", asset.version) for asset in assets]
    first, second, third = (shelf.get(one, stage.project.id) for one in known)
    assert shelf.get(known[2], stage.project.id) is third
    assert shelf.get(known[1], stage.project.id) is second
    assert shelf.get(known[0], stage.project.id) is not first


def test_edited_rules_show_hits_precision_and_the_change_of_f(
    stage: Stage, developer: Client
) -> None:
    field, value = (str(label.id) for label in stage.labels)
    gold = [{"start": 4, "end": 12, "label": field}, {"start": 16, "end": 19, "label": value}]
    hold_back(stage, 20, spans=gold)
    stage.examples([f"Plain MaxItems {n}" for n in range(5)])
    asset = rules(stage)
    edited = [*SAVED, {"label": "VALUE", "regex": r"\b(?:ALL|Set)\b"}]
    url = f"/api/assets/{asset.id}/patterns/trial"
    body = post(developer, url, {"patterns": edited}).json()
    assert body["patterns"] == [
        {"line": 1, "measured": 20, "right": 20, "sampled": 5},
        {"line": 2, "measured": 40, "right": 20, "sampled": 0},
    ]
    assert (body["saved_f"], body["f"]) == pytest.approx((2 / 3, 0.8))
    assert (body["measured_texts"], body["sampled_texts"]) == (20, 5)
    assert Asset.objects.get(id=asset.id).version == asset.version
    assert count(lambda: post(developer, url, {"patterns": edited})) <= 14
    bad = post(developer, url, {"patterns": [*SAVED, {"label": "VALUE", "regex": "("}]})
    assert (bad.status_code, bad.json()["line"]) == (400, 2)


def test_a_trial_reads_no_more_texts_than_it_says(stage: Stage, developer: Client) -> None:
    stage.examples([f"Set the MaxItems of page {n}" for n in range(MAX_SAMPLED + 20)])
    hold_back(stage, MAX_MEASURED + 20, spans=[])
    body = post(developer, f"/api/assets/{rules(stage).id}/patterns/trial", {"patterns": SAVED})
    said = body.json()
    read = (said["measured_texts"], said["sampled_texts"])
    assert read == (MAX_MEASURED, MAX_SAMPLED)
    (hits,) = said["patterns"]
    assert (hits["measured"], hits["sampled"]) == read
    assert said["milliseconds"] > 0
