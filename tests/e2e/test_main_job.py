"""The demo's journey through real processes: what it comes to."""

from __future__ import annotations

from typing import Any

import pytest

from examples.demo.cluster import Cluster
from examples.demo.console import Console
from examples.demo.planes import DEMO_EMAIL, DEMO_ORGANIZATION, Planes
from tests.e2e.demo_stage import ANSWERS, HELD_BACK

Row = dict[str, Any]

# The first test waits for the planes and for the whole job.
pytestmark = [pytest.mark.timeout(600), pytest.mark.slow]


def test_board_compares_rules_and_model(board: list[Row]) -> None:
    rules, model = board
    assert (rules["kind"], model["kind"]) == ("rules", "model")
    assert 40 < rules["f"] < 100
    assert 0 < model["f"] < 100
    assert model["examples"] == ANSWERS
    assert all(row["words_per_second"] > 0 and row["size_bytes"] > 0 for row in board)


def test_curve_has_a_point_for_each_quarter(planes: Planes, board: list[Row]) -> None:
    console = signed_in(planes)
    shown = console.get(f"projects/{documentation_project(console)['id']}/board")
    assert [point["examples"] for point in shown["curve"]] == [20, 40, 60, 80]
    assert shown["baseline"]["name"] == "Casing rules"
    assert shown["evaluation_examples"] == HELD_BACK


def test_project_counts_what_was_done(planes: Planes, board: list[Row]) -> None:
    console = signed_in(planes)
    project = documentation_project(console)
    assert project["counts"]["answered"] >= ANSWERS


def test_every_job_ended_well(planes: Planes, board: list[Row]) -> None:
    console = signed_in(planes)
    project = documentation_project(console)
    states = {
        row["recipe"]: row["state"] for row in console.pages(f"projects/{project['id']}/jobs")
    }
    states.pop("predict.v1", None)  # suggestions may still be under way
    assert set(states.values()) == {"succeeded"}


def test_ledger_verifies(planes: Planes, board: list[Row]) -> None:
    assert "receipts verify" in planes.work("ledger", "verify")


def test_cluster_gives_the_model_away_only_to_its_people(planes: Planes, board: list[Row]) -> None:
    console = signed_in(planes)
    project = documentation_project(console)
    model = next(console.pages(f"projects/{project['id']}/models"))
    owner = Cluster(planes.worker_origin, console).sign_in()
    assert owner.get(f"/api/models/{model['id']}")["training_examples"] > 0
    stranger = Cluster(planes.worker_origin, console)
    assert stranger.http.get(f"{planes.worker_origin}/api/models/{model['id']}").status_code == 401


def signed_in(planes: Planes) -> Console:
    console = Console(planes.console_origin, DEMO_ORGANIZATION)
    return console.sign_in(DEMO_EMAIL, planes.password)


def documentation_project(console: Console) -> Row:
    [project] = [row for row in console.pages("projects") if row["title"] == "API documentation"]
    return project
