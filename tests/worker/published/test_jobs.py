"""A customer's own job: what it gives is kept, what it says is coarse, how it fails stays here."""

from __future__ import annotations

import threading
import time
import zipfile
from pathlib import Path
from typing import Any
from uuid import uuid4

import psutil
import pytest
from annex.contract.enums import JobRecipe
from annex.contract.published import PublishedRecipe

from tests.worker.cast import Stage, make_stage
from tests.worker.published.conftest import House, recipe_of
from tests.worker.recipes.conftest import RunJob, run_job
from worker.jobs.context import JobContext
from worker.jobs.errors import JobCancelled
from worker.jobs.models import Attempt, Failure
from worker.link.models import OutboxEvent
from worker.published.coarse import MOST_BITS, TENTHS, CoarseProgress, bits_in
from worker.published.jobs import run
from worker.published.models import Text
from worker.store.files import stored_files
from worker.store.models import Artefact

__all__ = ["run_job"]
pytestmark = pytest.mark.django_db(transaction=True)
CANARY = "CANARY-7f3a what the patient said"


def published(house: House, name: str, arguments: dict[str, Any]) -> PublishedRecipe:
    package = house.install("unruly_recipes")
    return PublishedRecipe.model_validate(recipe_of(package, name, arguments))


def canary(stage: Stage) -> str:
    text = Text.objects.create(project_id=stage.project.id, text=CANARY, written_by=uuid4())
    return str(text.id)


def crossed() -> str:
    return "".join(str(body) for body in OutboxEvent.objects.values_list("body", flat=True))


def test_plain_files_are_kept_and_no_link_is_followed(house: House, run_job: RunJob) -> None:
    stage = make_stage()
    stage.examples(["one", "two"])
    arguments = {"words": canary(stage), "data": str(stage.dataset.id)}
    attempt = run_job(
        JobRecipe.PUBLISHED, stage.project.id, published(house, "unruly.files", arguments)
    )
    assert attempt.state == "succeeded", Failure.objects.get().message
    artefact = Artefact.objects.get(id=attempt.job)
    assert (artefact.file_name, artefact.details["examples"]) == ("unruly.files.zip", 2)
    with zipfile.ZipFile(stored_files().path(artefact.file_key)) as packed:
        assert packed.namelist() == ["words.txt", "deeper/rows.jsonl"]
        assert packed.read("words.txt").decode() == CANARY
        assert len(packed.read("deeper/rows.jsonl").splitlines()) == 2
    assert "CANARY" not in crossed()


def test_a_job_that_leaves_nothing_keeps_nothing(house: House, run_job: RunJob) -> None:
    stage = make_stage()
    attempt = run_job(JobRecipe.PUBLISHED, stage.project.id, published(house, "unruly.nothing", {}))
    assert attempt.state == "succeeded", Failure.objects.get().message
    assert not Artefact.objects.exists()


def test_an_exception_with_text_in_it_stays_on_the_cluster(house: House, run_job: RunJob) -> None:
    stage = make_stage()
    arguments = {"words": canary(stage)}
    attempt = run_job(
        JobRecipe.PUBLISHED, stage.project.id, published(house, "unruly.break", arguments)
    )
    failure = Failure.objects.get()
    assert (attempt.state, failure.code) == ("failed", "recipe.failed")
    assert CANARY in failure.message
    assert "jobs.py" in failure.message
    assert "CANARY" not in crossed()


@pytest.mark.parametrize(
    "change",
    [
        {"digest": "0" * 64},
        {"package_version": "9.9.9"},
        {"name": "unruly.stream"},
        {"arguments": {"lines": 0}},
    ],
    ids=["other description", "not installed", "for tasks", "bad arguments"],
)
def test_what_cannot_run_here_is_refused(
    change: dict[str, Any], house: House, run_job: RunJob
) -> None:
    stage = make_stage()
    asked = published(house, "unruly.talk", {"lines": 3}).model_copy(update=change)
    attempt = run_job(JobRecipe.PUBLISHED, stage.project.id, asked)
    failure = Failure.objects.get()
    assert (attempt.state, failure.code) == ("failed", "recipe.refused")


def test_another_project_s_text_is_not_given(house: House, run_job: RunJob) -> None:
    mine, theirs = make_stage(), make_stage("Others")
    arguments = {"words": canary(theirs)}
    attempt = run_job(
        JobRecipe.PUBLISHED, mine.project.id, published(house, "unruly.files", arguments)
    )
    assert (attempt.state, Failure.objects.get().code) == ("failed", "recipe.refused")
    assert not Artefact.objects.exists()


def test_numbers_spell_nothing_on_their_way_out(house: House, run_job: RunJob) -> None:
    stage = make_stage()
    run_job(JobRecipe.PUBLISHED, stage.project.id, published(house, "unruly.talk", {"lines": 5000}))
    told = [
        (body["done"], body["total"])
        for body in OutboxEvent.objects.values_list("body", flat=True)
        if body["type"] == "job.progress" and body["stage"] == "running"
    ]
    assert told == [(0, TENTHS)]


def test_progress_rises_by_tenths_and_minutes() -> None:
    now, told = [0.0], []
    coarse = CoarseProgress(lambda done, total: told.append((done, total)), lambda: now[0])
    for second in range(3600):
        now[0] = float(second)
        coarse.tell(second, 3600)
    assert told == [(0, 10), *((tenth, 10) for tenth in range(1, 10))]
    assert bits_in(60) <= MOST_BITS


def test_a_cancelled_job_ends_its_process(house: House, tmp_path: Path) -> None:
    stage = make_stage()
    arguments = published(house, "unruly.wait", {})
    attempt = Attempt.objects.create(
        job=uuid4(),
        epoch=1,
        run=1,
        state="running",
        project_id=stage.project.id,
        recipe=JobRecipe.PUBLISHED.value,
        arguments=arguments.model_dump(mode="json"),
        lease_class="sticky",
    )
    cancelled = threading.Event()
    threading.Timer(2.0, cancelled.set).start()
    began = time.monotonic()
    with pytest.raises(JobCancelled):
        run(JobContext(attempt, tmp_path, cancelled.is_set), arguments)
    assert time.monotonic() - began < 60
    assert children_of_recipes() == []


def children_of_recipes() -> list[int]:
    mine = psutil.Process().children(recursive=True)
    return [each.pid for each in mine if "annex.recipes.process" in " ".join(each.cmdline())]
