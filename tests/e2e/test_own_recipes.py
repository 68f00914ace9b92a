"""A package of recipes from outside the repository: published, run and answered by command line."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from examples.demo.cluster import Cluster
from examples.demo.console import Console
from examples.demo.planes import DEMO_EMAIL, DEMO_ORGANIZATION, Planes
from tests.e2e.laptop import Laptop, laptop_of

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
CANARY = "CANARY-TEXT what the patient said"
WAIT_SECONDS = 120


@pytest.fixture
def console(planes: Planes, enrolled: str) -> Console:
    return Console(planes.console_origin, DEMO_ORGANIZATION).sign_in(DEMO_EMAIL, planes.password)


@pytest.fixture
def cluster(planes: Planes, console: Console) -> Cluster:
    return Cluster(planes.worker_origin, console).sign_in()


@pytest.fixture
def laptop(planes: Planes, console: Console, cluster: Cluster, tmp_path: Path) -> Laptop:
    # The second package is on no index: a team has a folder of wheels, or an index of its own.
    wheels = build_wheel(EXAMPLES / "polite-words", tmp_path / "wheels")
    return laptop_of(planes, console, cluster, tmp_path, PIP_FIND_LINKS=str(wheels))


def build_wheel(project: Path, folder: Path) -> Path:
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir"]
    subprocess.run([*pip, str(folder), str(project)], check=True)
    return folder


def wait_for(what: str, look: Any) -> Any:
    """Return what `look` finds, as soon as it finds something."""
    until = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < until:
        if found := look():
            return found
        time.sleep(0.5)
    raise AssertionError(f"waited {WAIT_SECONDS} s for {what}")


def project_with_labels(laptop: Laptop, cluster_id: str) -> str:
    title = f"Politeness {uuid4().hex[:6]}"
    made = laptop.asked("projects", "create", title, "--cluster", cluster_id)
    laptop.annex("labels", "add", "COURTESY", "--project", title)
    return str(made["title"])


def test_a_package_with_its_own_dependency_comes_to_answers(
    laptop: Laptop, cluster: Cluster, enrolled: str
) -> None:
    package = laptop.folder / "polite-recipes"
    shutil.copytree(EXAMPLES / "polite-recipes", package)
    project = project_with_labels(laptop, enrolled)
    laptop.annex("recipes", "publish", str(package))
    rows = {row["recipe"]: row for row in laptop.asked("recipes", "list")}
    assert rows["polite.letters.v1"]["packages"][0]["version"] == "1.0.0"
    flags = ["--length.least", "2", "--length.most", "2", "--count", "30"]
    create = ["tasks", "create", "Letters", "--project", project, "--recipe", "polite.letters"]
    refused = laptop.annex(*create, "--length.least", "0", status=2)
    assert "arguments.length.least: Input should be greater than or equal to 1." in refused
    task = laptop.asked(*create, *flags)
    batch = wait_for("examples", lambda: first_examples(cluster, task["id"]))
    assert "Parcel 0-0 has not come. Parcel 0-1 has not come." in batch[0]["text"]
    label = cluster.get(f"/api/tasks/{task['id']}")["labels"][0]["id"]
    refusal = answer(cluster, task["id"], batch[0], [])
    assert "Mark the courtesy" in str(refusal)
    answer(cluster, task["id"], batch[0], [{"start": 0, "end": 14, "label": label}])
    answers = cluster.get(f"/api/tasks/{task['id']}/history")["results"]
    assert len(answers) == 1
    # `before_save` has taken the space at the mark's end.
    assert batch[0]["text"][answers[0]["spans"][0]["start"] : answers[0]["spans"][0]["end"]] != ""
    pull = ["datasets", "pull", task["dataset"], "--project", project]
    laptop.annex(*pull, "--output", "answers.jsonl")
    (line,) = (laptop.folder / "answers.jsonl").read_text().splitlines()
    assert json.loads(line)["text"] == batch[0]["text"]


def test_a_first_package_from_init_to_a_task_with_text_that_stays(
    laptop: Laptop, cluster: Cluster, enrolled: str, planes: Planes
) -> None:
    project = project_with_labels(laptop, enrolled)
    laptop.annex("recipes", "init", "first-words")
    laptop.annex("recipes", "publish", "first-words")
    laptop.annex("assets", "create", "sample", "--project", project)
    pushed = ["assets", "push", "sample", "first-words/sample.jsonl", "--project", project]
    laptop.annex(*pushed, "--confirm")
    wait_for("the asset", lambda: is_ready(laptop, project))
    task = laptop.asked(
        *("tasks", "create", "Words", "--project", project, "--recipe", "first.pick.v1"),
        *("--source", "sample", "--question", CANARY, "--length.shortest", "13"),
    )
    batch = wait_for("examples", lambda: first_examples(cluster, task["id"]))
    assert [each["text"] for each in batch] == [
        "Could you please send the report again?",
        "Thank you, that was quick.",
    ]
    assert batch[0]["meta"]["question"] == CANARY
    assert "CANARY" not in json.dumps(laptop.asked("tasks", "show", "Words", "--project", project))


def test_built_in_recipes_from_a_file_to_figures(
    laptop: Laptop, cluster: Cluster, enrolled: str
) -> None:
    project = project_with_labels(laptop, enrolled)
    here = ("--project", project)
    (laptop.folder / "letters.jsonl").write_text(
        '{"text": "Thanks a lot."}\n{"text": "Send it."}\n'
    )
    laptop.annex("assets", "create", "letters", *here)
    laptop.annex("assets", "push", "letters", "letters.jsonl", *here, "--confirm")
    wait_for("the import", lambda: examples_of(laptop, project, "letters") == 2)
    create = ["tasks", "create", "Replies", *here, "--recipe", "text.input", "--source", "letters"]
    refused = laptop.annex(*create, "--most-characters", "0", status=2)
    assert "arguments.most_characters: Input should be greater than or equal to 1." in refused
    task = laptop.asked(*create, "--question", CANARY)
    batch = wait_for("examples", lambda: first_examples(cluster, task["id"]))
    assert [each["meta"]["question"] for each in batch] == [CANARY, CANARY]
    body = {"example": batch[0]["id"], "verdict": "accept", "written": CANARY, "base_version": 0}
    cluster.put(f"/api/tasks/{task['id']}/answers/{uuid4()}", body)
    job = laptop.asked("jobs", "run", "merge", *here, "--sources", "Replies", "--into", "letters")
    laptop.annex("jobs", "watch", job["id"])
    job = laptop.asked("jobs", "run", "stats", *here, "--source", "Replies")
    laptop.annex("jobs", "watch", job["id"])
    laptop.annex("datasets", "pull", "--job", job["id"], *here, "--output", "stats.zip")
    with zipfile.ZipFile(laptop.folder / "stats.zip") as packed:
        figures = json.loads(packed.read("stats.json"))
    assert (figures["examples"], figures["answered"]) == (2, 1)
    assert figures["verdicts"] == {"accept": 1}


def examples_of(laptop: Laptop, project: str, name: str) -> int:
    rows = laptop.asked("datasets", "list", "--project", project)
    return sum(row["examples"] for row in rows if row["name"] == name)


def is_ready(laptop: Laptop, project: str) -> bool:
    return any(
        row["state"] == "ready" for row in laptop.asked("assets", "list", "--project", project)
    )


def first_examples(cluster: Cluster, task: str) -> list[dict[str, Any]]:
    try:
        return list(
            cluster.post(f"/api/tasks/{task}/batch", {"size": 5, "holding": []})["examples"]
        )
    except Exception:
        return []


def answer(cluster: Cluster, task: str, example: dict[str, Any], spans: list[Any]) -> Any:
    body = {"example": example["id"], "verdict": "accept", "spans": spans, "base_version": 0}
    try:
        return cluster.put(f"/api/tasks/{task}/answers/{uuid4()}", body)
    except Exception as refused:
        return refused
