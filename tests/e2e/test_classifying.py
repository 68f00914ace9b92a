"""Whole texts get labels: from a file to a board and back into suggestions, in real processes."""

from __future__ import annotations

import random
from typing import Any
from uuid import uuid4

import orjson
import pytest

from examples.demo.cluster import Cluster
from examples.demo.console import Console
from examples.demo.gold import Material, documentation_material
from examples.demo.journey import Journey, begin
from examples.demo.planes import DEMO_EMAIL, DEMO_ORGANIZATION, Planes
from tests.e2e.worksite import Worksite

Row = dict[str, Any]
SERVICES = ("ec2", "sagemaker", "ecs")
ROWS, HELD_BACK, ANSWERS, STEPS = 150, 60, 120, 300

pytestmark = [pytest.mark.timeout(600), pytest.mark.slow]


@pytest.fixture(scope="module")
def gold() -> dict[str, str]:
    """The service that each text is about."""
    every = documentation_material().rows
    rows = [row for row in every if row["meta"]["service"] in SERVICES]
    return {row["text"]: row["meta"]["service"] for row in rows[: ROWS + HELD_BACK]}


@pytest.fixture(scope="module")
def site(planes: Planes, enrolled: str, gold: dict[str, str]) -> Worksite:
    """A project whose task asks for the one service that a text is about, answered by Dana."""
    console = Console(planes.console_origin, DEMO_ORGANIZATION).sign_in(DEMO_EMAIL, planes.password)
    cluster = Cluster(planes.worker_origin, console).sign_in()
    material = Material("Which service", SERVICES, [], [], [], answers=0)
    journey = begin(console, cluster, enrolled, material, planes.folder / "input")
    texts = list(gold)
    random.Random(0).shuffle(texts)
    held_back = [{"text": text, "label": gold[text]} for text in texts[:HELD_BACK]]
    kept = journey.import_rows("Held back", held_back, hold_back=HELD_BACK, advance=silent)
    plain = [{"text": text} for text in texts[HELD_BACK:]]
    data = journey.import_rows("Texts", plain, hold_back=0, advance=silent)
    task = make_task(journey, data["dataset"])
    cluster.wait_for(f"/api/tasks/{task}", 30)
    answer(cluster, task, gold)
    train(journey, data["dataset"], kept["evaluation_dataset"])
    return Worksite(planes, journey, data["dataset"], task)


def make_task(journey: Journey, dataset: str) -> str:
    [me] = [row for row in journey.console.pages("members") if row["email"] == DEMO_EMAIL]
    body = {
        "title": "Choose the service",
        "recipe": "textcat.manual.v1",
        "exclusive": True,
        "dataset": dataset,
        "annotators": [me["id"]],
    }
    return str(journey.console.post(journey.path("tasks"), body)["id"])


def answer(cluster: Cluster, task: str, gold: dict[str, str]) -> None:
    """Answer most of the task the way the app does."""
    path = f"/api/tasks/{task}"
    labels = {label["name"]: label["id"] for label in cluster.get(path)["labels"]}
    for _ in range(ANSWERS // 20):
        examples = cluster.post(f"{path}/batch", {"size": 20, "holding": []})["examples"]
        answers = [
            {
                "id": str(uuid4()),
                "example": example["id"],
                "verdict": "accept",
                "choices": [labels[gold[example["text"]]]],
            }
            for example in examples
        ]
        results = cluster.post(f"{path}/answers", {"answers": answers})["results"]
        assert [result["status"] for result in results] == [201] * 20


def train(journey: Journey, dataset: str, held_back: str) -> None:
    arguments = {
        "name": "services",
        "component": "textcat",
        "datasets": [dataset],
        "evaluation_dataset": held_back,
        "max_steps": STEPS,
    }
    job = journey.console.post(journey.path("jobs"), {"recipe": "train.v1", "arguments": arguments})
    journey.follow(lambda row: row["id"] == job["id"], 300, silent)


def silent(done: int, total: int) -> None:
    """Show no progress."""


def test_model_of_labels_lands_on_the_board(site: Worksite) -> None:
    board = site.journey.console.get(site.journey.path("board"))
    (row,) = board["rows"]
    assert (board["measures"], board["evaluation_examples"]) == ("labels", HELD_BACK)
    assert (row["predictor"]["name"], row["training_examples"]) == ("services", ANSWERS)
    assert row["f"] > 60  # guessing gives a third
    assert row["size_bytes"] < 10_000_000


def test_answers_come_back_in_the_export(site: Worksite, gold: dict[str, str]) -> None:
    rows = [orjson.loads(line) for line in site.export("jsonl").splitlines()]
    assert {row["text"]: row["accept"] for row in rows} == {
        row["text"]: [gold[row["text"]]] for row in rows
    }
    assert len(rows) == ANSWERS


def test_model_suggests_labels_to_people(site: Worksite) -> None:
    journey = site.journey
    model = next(journey.console.pages(journey.path("models")))["id"]
    suggestions = {"kind": "model", "id": model}
    journey.console.patch(journey.path(f"tasks/{site.task}"), {"suggestions": suggestions})
    journey.follow(lambda job: job["recipe"] == "predict.v1", 120, silent)
    known = {label["id"] for label in site.cluster.get(f"/api/tasks/{site.task}")["labels"]}
    path = f"/api/tasks/{site.task}/batch"
    shown = site.cluster.post(path, {"size": 5, "holding": []})["examples"]
    assert shown
    assert all(len(example["suggested"]) == 1 for example in shown)
    assert {label for example in shown for label in example["suggested"]} <= known
