"""What a recipe's process can reach: what it was given, and a folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from annex.contract import process as p
from pytest_django import Settings

from tests.worker.published.conftest import House
from worker.published.environments import environment_of
from worker.published.failures import FailureKind, RecipeFailed
from worker.published.process import (
    RecipeProcess,
    Scratch,
    remove_abandoned_scratch,
    scratch_root,
)

CANARY = "zebrafinch-7731"
Start = Callable[..., RecipeProcess]


@pytest.fixture
def start(house: House, db: None) -> Start:
    """Return a function that starts a recipe of the unruly package."""
    environment = environment_of(house.install("unruly_recipes"))

    def begin(recipe: str, **arguments: object) -> RecipeProcess:
        process = RecipeProcess(
            environment.command, environment.readable, "unruly-recipes", Scratch()
        )
        ask = p.Start.model_validate(
            {"recipe": f"unruly.{recipe}", "version": 1, "arguments": arguments}
        )
        process.ask(ask, p.Started, seconds=20)
        return process

    return begin


def told(process: RecipeProcess) -> str:
    try:
        return process.ask(p.Draw(count=5), p.Drawn, seconds=5).examples[0].text
    finally:
        process.end()


def test_its_environment_holds_nothing_of_ours(start: Start) -> None:
    known = {"HOME", "LANG", "LC_CTYPE", "PATH", "TMPDIR"}
    names = told(start("deeds", deed="environment")).removeprefix("done: ")
    assert {name.strip("' ") for name in names.strip("[]").split(",")} <= known


@pytest.mark.parametrize("deed", ["socket", "outside", "privileges"])
def test_what_is_not_its_own_is_refused(start: Start, deed: str) -> None:
    assert told(start("deeds", deed=deed)) == "refused: PermissionError"
    assert not Path("/tmp/written-by-a-recipe").exists()


@pytest.mark.parametrize("deed", ["parent", "kill"])
def test_the_worker_itself_is_out_of_reach(start: Start, deed: str) -> None:
    assert told(start("deeds", deed=deed, where=os.getpid())) == "refused: PermissionError"


def test_its_scratch_folder_is_its_home_and_goes_with_it(start: Start) -> None:
    before = set(scratch_root().iterdir())
    assert told(start("deeds", deed="scratch")) == "done: True"
    assert set(scratch_root().iterdir()) == before


def test_what_killed_makers_left_is_cleared_up_and_nothing_else(cluster: Settings) -> None:
    code = """
import os, sys, django
django.setup()
from pathlib import Path
from django.conf import settings
settings.LOCAL_FOLDER = Path(sys.argv[1])
from worker.published.process import Scratch
print(Scratch().folder, flush=True)
os.kill(os.getpid(), 9)
"""
    local = str(cluster.LOCAL_FOLDER)
    died = subprocess.run([sys.executable, "-c", code, local], stdout=subprocess.PIPE, check=False)
    left, mine = Path(died.stdout.decode().strip()), Scratch()
    assert left.is_dir()
    remove_abandoned_scratch()
    assert not left.exists()
    assert mine.folder.is_dir()
    mine.remove()


KINDS = {
    "raise": FailureKind.RAISED,
    "memory": FailureKind.RAISED,
    "exit": FailureKind.EXITED,
    "hang": FailureKind.TIMED_OUT,
    "garbage": FailureKind.GARBAGE,
    "other-answer": FailureKind.GARBAGE,
    "long-line": FailureKind.TOO_LONG,
}


@pytest.mark.parametrize("how", KINDS)
def test_however_it_fails_there_is_one_error_and_no_process(start: Start, how: str) -> None:
    process = start("stream", how=how)
    began = time.monotonic()
    with pytest.raises(RecipeFailed) as caught:
        process.ask(p.Draw(count=1), p.Drawn, seconds=3)
    assert caught.value.kind is KINDS[how]
    assert time.monotonic() - began < 10
    assert CANARY not in str(caught.value) + repr(caught.value.args)
    if how != "long-line":
        assert "What it printed before." in caught.value.output
    if how == "raise":
        assert CANARY in caught.value.message
        assert "misbehave" in caught.value.traceback
    process.end()
    assert not psutil.pid_exists(process.process_id)


def test_where_the_fence_cannot_stand_nothing_runs(
    start: Start, cluster: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from worker.published import fence

    source = Path(fence.__file__).read_text().replace("CREATE_RULESET, ADD", "_, ADD")
    weak = tmp_path / "fence.py"
    weak.write_text(source.replace("CREATE_RULESET", "9999"))
    monkeypatch.setattr(fence, "__file__", str(weak))
    with pytest.raises(RecipeFailed) as caught:
        start("deeds", deed="socket")
    assert caught.value.kind is FailureKind.UNFENCED
    cluster.RECIPES_UNFENCED = True
    assert told(start("deeds", deed="socket")) == "refused: PermissionError"
