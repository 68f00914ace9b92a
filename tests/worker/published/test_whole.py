"""From an uploaded wheel to answered examples, with a real Celery worker and its beat."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from annex.contract.enums import Role
from annex.contract.published import RecipePackage
from django.test import Client

from tests.worker.cast import TESTS, sign_in
from tests.worker.jobs.waiting import wait_until
from tests.worker.projects.test_snapshot import IDS, snapshot, task
from tests.worker.published.conftest import House, recipe_of
from tests.worker.published.test_packages import publish, uploads
from worker.people.actions import approve_subject
from worker.projects.actions import apply_snapshot
from worker.projects.models import Task
from worker.published.drawing import DRAWN_AT_ONCE
from worker.published.models import Package, Stream
from worker.store.models import Answer, Example

TASK = f"/api/tasks/{IDS['task']}"


@pytest.fixture
def celery(
    transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    monkeypatch.setenv("ANNEX_WORKER_LOCAL", str(tmp_path / "pod"))
    command = [sys.executable, "-m", "celery", "--app", "worker.celery", "worker"]
    options = ["--concurrency", "2", "--beat", "--schedule", str(tmp_path / "beat")]
    with (tmp_path / "celery.log").open("ab") as log:
        process = subprocess.Popen(
            [*command, *options], start_new_session=True, stdout=log, stderr=log
        )
    yield
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    # Shown with a test that failed.
    print(list(Package.objects.values("state", "log")), Task.objects.values("refusal"))
    print((tmp_path / "celery.log").read_text(errors="replace")[-20_000:])


def sign_in_as(name: str, role: Role) -> Client:
    subject = approve_subject(uuid.UUID(IDS[name]), name=name, role=role, by=TESTS)
    return sign_in(subject, {uuid.UUID(IDS["project"]): role})


def reject_all(annotator: Client) -> int:
    """Answer what a batch brings and return how many there were."""
    batch = annotator.post(f"{TASK}/batch", {"size": 20}, content_type="application/json")
    answers = [
        {"id": str(uuid.uuid4()), "example": example["id"], "verdict": "reject"}
        for example in batch.json().get("examples", ())
    ]
    if answers:
        annotator.post(f"{TASK}/answers", {"answers": answers}, content_type="application/json")
    return len(answers)


@pytest.mark.slow
def test_a_published_recipe_from_wheel_to_answers(house: House, celery: None) -> None:
    apply_snapshot(snapshot())
    developer, annotator = sign_in_as("bob", Role.DEVELOPER), sign_in_as("ann", Role.ANNOTATOR)
    described = RecipePackage.model_validate(house.describe("polite_recipes"))
    unborn = Package(name=described.name, version=described.version)
    unborn.description_digest = described.digest()
    recipe = recipe_of(unborn, "polite.letters", {"count": 1000})
    apply_snapshot(snapshot(2, tasks=[task(recipe="published.v1", published=recipe)]))
    assert annotator.get(TASK).json()["refusal"] == "recipe.not_installed"

    assert publish(developer, uploads(house)).status_code == 201
    # An environment is made anew in the worker's own pod, beside whatever else is tested meanwhile.
    wait_until(lambda: annotator.get(TASK).json()["refusal"] is None, seconds=300)
    wait_until(lambda: Stream.objects.filter(taken=DRAWN_AT_ONCE).exists())
    assert annotator.get(TASK).json()["view"] == "spans"
    while Answer.objects.count() < DRAWN_AT_ONCE - 40:
        assert reject_all(annotator) == 20
    wait_until(lambda: Stream.objects.filter(taken=2 * DRAWN_AT_ONCE).exists())
    numbers = [example.meta["number"] for example in Example.objects.order_by("id")]
    assert numbers == list(range(2 * DRAWN_AT_ONCE))
