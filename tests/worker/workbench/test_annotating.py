"""A script's texts on one predictor: in order, within bounds, counted, and nothing of it stays."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from annex.contract.enums import Role
from django.test import Client

from tests.worker.cast import Stage, make_stage, script_of, sign_in
from tests.worker.workbench.test_trying import rules
from worker.people.models import AccessRow, What
from worker.workbench.trying import MAX_CASE_CODEPOINTS, MAX_CASES, MAX_CODEPOINTS_AT_ONCE

CANARY = "zebrafinch-7731"


@pytest.fixture
def stage(db: None) -> Stage:
    return make_stage()


@pytest.fixture
def script(stage: Stage) -> Client:
    return script_of(stage.person("Dev", Role.DEVELOPER))


def ask(client: Client, stage: Stage, predictor: Any, texts: list[str]) -> Any:
    body = {"predictor": {"kind": "rules", "id": str(predictor)}, "texts": texts}
    url = f"/api/projects/{stage.project.id}/annotate"
    return client.post(url, body, content_type="application/json")


def test_every_text_is_annotated_in_order_and_counted(
    stage: Stage, script: Client, caplog: pytest.LogCaptureFixture
) -> None:
    asset = rules(stage)
    answer = ask(script, stage, asset.id, [f"{CANARY} alone.", "🙂 Set MaxItems."])
    assert answer.json() == {
        "component": "ner",
        "annotations": [
            {"spans": [], "choices": [], "arcs": []},
            {"spans": [{"start": 6, "end": 14, "label": "FIELD"}], "choices": [], "arcs": []},
        ],
    }
    row = AccessRow.objects.get(what=What.TEXTS_ANNOTATED)
    assert (row.noun_id, row.count, row.by_script) == (stage.project.id, 2, True)
    ask(script, stage, asset.id, ["Again."])
    row.refresh_from_db()
    assert row.count == 3
    assert CANARY not in caplog.text


def test_a_person_in_a_browser_may_ask_too(stage: Stage) -> None:
    person = stage.person("Dora", Role.DEVELOPER)
    client = sign_in(person, {stage.project.id: Role.DEVELOPER})
    assert ask(client, stage, rules(stage).id, ["Set MaxItems."]).status_code == 200
    assert not AccessRow.objects.get(what=What.TEXTS_ANNOTATED).by_script


@pytest.mark.parametrize(
    "texts",
    [
        [],
        [""],
        ["x" * (MAX_CASE_CODEPOINTS + 1)],
        ["x"] * (MAX_CASES + 1),
        ["x" * MAX_CASE_CODEPOINTS] * (MAX_CODEPOINTS_AT_ONCE // MAX_CASE_CODEPOINTS + 1),
    ],
)
def test_texts_have_bounds(stage: Stage, script: Client, texts: list[str]) -> None:
    assert ask(script, stage, rules(stage).id, texts).status_code == 400


def test_a_predictor_of_another_project_is_not_there(stage: Stage, script: Client) -> None:
    other = make_stage("Elsewhere")
    theirs = rules(other)
    client = script_of(other.person("Ned", Role.DEVELOPER))
    assert ask(client, other, theirs.id, ["Set MaxItems."]).status_code == 200
    # It stays loaded by now, and still not for this project.
    for wanted in (theirs.id, uuid.uuid4()):
        answer = ask(script, stage, wanted, ["Set MaxItems."])
        assert (answer.status_code, answer.json()["code"]) == (404, "predictor.missing")
    for kind in ("model", "combined"):
        body = {"predictor": {"kind": kind, "id": str(theirs.id)}, "texts": ["x"]}
        url = f"/api/projects/{stage.project.id}/annotate"
        answer = script.post(url, body, content_type="application/json")
        assert (answer.status_code, answer.json()["code"]) == (404, "predictor.missing")
