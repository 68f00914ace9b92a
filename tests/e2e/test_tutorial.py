"""The tutorial, followed to its end."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from examples.demo.cluster import Cluster
from examples.demo.console import Console
from examples.demo.planes import DEMO_EMAIL, DEMO_ORGANIZATION, Planes
from tests.e2e.laptop import Laptop
from tests.e2e.snippets import Follower, blocks_of

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

TUTORIAL = Path(__file__).resolve().parents[2] / "docs" / "tutorial.md"
DONE_HERE = frozenset({"make demo", "source .venv/bin/activate"})
"""The planes run already, and so does this environment."""
TASK = "What is missing"
WAIT_SECONDS = 90


@pytest.fixture
def cluster(planes: Planes, enrolled: str) -> Cluster:
    console = Console(planes.console_origin, DEMO_ORGANIZATION).sign_in(DEMO_EMAIL, planes.password)
    return Cluster(planes.worker_origin, console).sign_in()


@pytest.fixture
def follower(planes: Planes, cluster: Cluster, tmp_path: Path) -> Follower:
    """Somebody who has not signed in yet."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("ANNEX_")}
    laptop = Laptop(tmp_path, {**plain, "ANNEX_CONFIG_DIR": str(tmp_path / "config")})
    instead = {
        "http://localhost:8000": planes.console_origin,
        "http://127.0.0.1:8100": planes.worker_origin,
    }
    return Follower(laptop, cluster, DONE_HERE, instead)


def test_the_tutorial_ends_with_own_answers(follower: Follower, cluster: Cluster) -> None:
    said: dict[str, str] = {}
    for piece, printed in follower.follow(TUTORIAL):
        said[piece.splitlines()[0]] = printed
        if "annex tasks create" in piece:
            annotate(cluster, follower.laptop)
    tried = next(printed for piece, printed in said.items() if piece.startswith("cat >"))
    assert "A second run gives the same." in tried
    assert "parcel.missing" in said["annex recipes preview parcel-words"]
    assert "parcel.missing.v1" in said["export ANNEX_PROJECT=Parcels"]
    [line] = (follower.laptop.folder / "answers.jsonl").read_text().splitlines()
    row = json.loads(line)
    assert (row["text"][:17], row["spans"][0]["label"]) == ("The blue lamp tha", "THING")


def annotate(cluster: Cluster, laptop: Laptop) -> None:
    """Do what the page asks for in the browser: mark the lamp, leave the other text open."""
    project = next(row for row in cluster.console.pages("projects") if row["title"] == "Parcels")
    tasks = cluster.console.pages(f"projects/{project['id']}/tasks")
    path = f"/api/tasks/{next(row for row in tasks if row['title'] == TASK)['id']}"
    task = cluster.wait_for(path, WAIT_SECONDS)
    until = time.monotonic() + WAIT_SECONDS
    examples: list[dict[str, Any]] = []
    while not examples and time.monotonic() < until:
        time.sleep(0.5)
        examples = cluster.post(f"{path}/batch", {"size": 5, "holding": []})["examples"]
    assert [row["meta"]["hint"] for row in examples] == ["Things only"] * 2
    spans = [{"start": 4, "end": 13, "label": task["labels"][0]["id"]}]
    body = {"example": examples[0]["id"], "verdict": "accept", "spans": spans, "base_version": 0}
    cluster.put(f"{path}/answers/{uuid4()}", body)


def test_every_block_of_the_tutorial_is_followed() -> None:
    languages = [language for language, _ in blocks_of(TUTORIAL)]
    assert (languages.count("python"), set(languages)) == (1, {"python", "sh"})
    lines = [line for _, text in blocks_of(TUTORIAL) for line in text.splitlines()]
    assert set(lines) >= DONE_HERE
