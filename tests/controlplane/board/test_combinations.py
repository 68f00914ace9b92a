"""Rules and a model as one predictor: made once, measured like any other, of one project only."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from annex.contract.enums import PredictorKind

from controlplane.board.models import Combination, Evaluation, TrainedModel
from controlplane.lib.tenancy import tenant
from controlplane.projects.predictors import predictors_of
from controlplane.projects.snapshots import snapshot_of
from tests.controlplane.board.test_board import measured, scored
from tests.controlplane.cast import Cast, browser

__all__ = ["measured"]


def path(cast: Cast, rest: str) -> str:
    return f"/api/v1/organizations/acme/projects/{cast.project.id}/{rest}"


def model_of(cast: Cast) -> UUID:
    with tenant(cast.acme.id):
        return UUID(str(TrainedModel.objects.get(name="ours").pk))


def post(cast: Cast, rest: str, body: dict[str, Any]) -> Any:
    return browser(cast.olga).post(path(cast, rest), body, content_type="application/json")


def both(cast: Cast, **changes: Any) -> dict[str, Any]:
    parts = {"rules": str(cast.patterns.id), "model": str(model_of(cast))}
    return {"name": "ours with rules"} | parts | changes


def test_a_combination_is_a_predictor_the_cluster_knows(measured: Cast) -> None:
    made = post(measured, "predictors", both(measured))
    assert (made.status_code, made.json()["kind"]) == (201, "combined")
    listed = browser(measured.rita).get(path(measured, "predictors")).json()["results"]
    assert [row["kind"] for row in listed] == ["rules", "model", "combined"]
    assert listed[-1] == made.json()
    with tenant(measured.acme.id):
        [sent] = snapshot_of(measured.project).combinations
    assert (str(sent.id), sent.name) == (made.json()["id"], "ours with rules")
    assert (sent.rules, sent.model) == (measured.patterns.id, model_of(measured))


def test_it_has_its_own_row_on_the_board(measured: Cast) -> None:
    made = post(measured, "predictors", both(measured)).json()
    ref = {"kind": "combined", "id": made["id"]}
    asked = {"predictor": ref, "dataset": str(measured.held_back.id)}
    started = post(measured, "evaluations", asked)
    assert (started.status_code, started.json()["predictor"]) == (201, made)
    with tenant(measured.acme.id):
        evaluation = Evaluation.objects.get(pk=started.json()["id"])
        job = evaluation.job
        assert job is not None
        assert job.arguments["predictor"] == ref
        scored(job, evaluation.pk, 0.84, 1200, measured.labels[0].id)
    board = browser(measured.rita).get(path(measured, "board")).json()
    assert [(row["predictor"]["name"], row["kind"], row["ahead"]) for row in board["rows"]] == [
        ("ours with rules", "combined", True),
        ("ours", "model", True),
        ("rules", "rules", False),
    ]
    assert len(board["curve"]) == 4
    jobs = browser(measured.rita).get(path(measured, "jobs")).json()["results"]
    assert jobs[0]["title"] == "Measure ours with rules"


def test_its_parts_are_never_changed_and_never_made_one_twice(measured: Cast) -> None:
    assert post(measured, "predictors", both(measured)).status_code == 201
    again = post(measured, "predictors", both(measured, name="another name"))
    assert (again.status_code, again.json()["field"]) == (409, "model")
    with tenant(measured.acme.id):
        other = TrainedModel.objects.get(name="ours")
        other.pk, other.name = uuid4(), "other"
        other.save(force_insert=True)
    taken = post(measured, "predictors", both(measured, model=str(other.pk)))
    assert (taken.status_code, taken.json()["field"]) == (409, "name")


@pytest.mark.parametrize("part", ["rules", "model"])
def test_parts_must_be_ready_and_of_the_project(measured: Cast, part: str) -> None:
    refused = post(measured, "predictors", both(measured, **{part: str(uuid4())}))
    assert (refused.status_code, refused.json()["field"]) == (400, part)
    with tenant(measured.acme.id):
        assert not Combination.objects.exists()


def test_rules_are_not_joined_with_a_model_of_whole_texts(measured: Cast) -> None:
    with tenant(measured.acme.id):
        TrainedModel.objects.update(component="textcat")
    refused = post(measured, "predictors", both(measured))
    assert (refused.status_code, refused.json()["field"]) == (400, "model")


def test_a_combination_suggests_in_a_task(measured: Cast) -> None:
    made = post(measured, "predictors", both(measured)).json()
    with tenant(measured.acme.id):
        kinds = {row.kind for row in predictors_of(measured.project)}
    assert PredictorKind.COMBINED in kinds
    asked = {
        "dataset": str(measured.training.id),
        "predictor": {"kind": "combined", "id": made["id"]},
    }
    started = post(measured, "jobs", {"recipe": "predict.v1", "arguments": asked})
    assert (started.status_code, started.json()["title"]) == (201, "Suggest with ours with rules")
