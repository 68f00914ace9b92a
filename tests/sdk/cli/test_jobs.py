"""`annex jobs`: arguments by name, waiting, and what Ctrl-C does."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from annex.cli import watch
from annex.cli.credentials import Credential
from annex.cli.exit_codes import ExitCode
from annex.cli.job_arguments import read_arguments
from annex.cli.session import TRIES, Session
from annex.client import clients, types
from annex.errors import BadInput, NotSignedIn, Problem

from controlplane.jobs.models import Job
from controlplane.lib.tenancy import tenant
from tests.sdk.scene import Annex, Stage
from tests.sdk.wire import BUSY, Reply, listening, problem

P = ("--project", "Tickets")
EXPORT = ("jobs", "run", "export.v1", "dataset=train", *P)


@pytest.mark.parametrize(
    ("words", "arguments"),
    [
        (["name=small", "seed=7"], {"name": "small", "seed": "7"}),
        (["--name", "small", "--max-steps=40"], {"name": "small", "max_steps": "40"}),
        (["datasets=a,b", "fractions=0.5,1"], {"datasets": ["a", "b"], "fractions": ["0.5", "1"]}),
        (["datasets=a", "datasets=b"], {"datasets": ["a", "b"]}),
        (["--datasets", "a", "--datasets", "b,c"], {"datasets": ["a", "b", "c"]}),
        (
            ["fractions:=[0.5, 1]", 'deep:={"a": null}'],
            {"fractions": [0.5, 1], "deep": {"a": None}},
        ),
        (["--dry-run", "--name", "x"], {"dry_run": True, "name": "x"}),
        (["--name", "x", "--dry-run"], {"name": "x", "dry_run": True}),
        (["name=a=b, c"], {"name": "a=b, c"}),
        ([], {}),
    ],
)
def test_arguments_are_read(words: list[str], arguments: dict[str, Any]) -> None:
    assert read_arguments(words) == arguments


@pytest.mark.parametrize("word", ["small", "=x", "--=x", "a:={", ""])
def test_other_words_are_refused(word: str) -> None:
    with pytest.raises(BadInput):
        read_arguments([word])


def jobs_of(stage: Stage) -> list[Job]:
    with tenant(stage.cast.acme.id):
        return list(Job.objects.order_by("created_at"))


def test_names_stand_for_ids(stage: Stage, signed_in: Annex) -> None:
    cast = stage.cast
    ran = signed_in(
        *("jobs", "run", "train", "name=tiny", "datasets=train", "evaluation_dataset=held"),
        *("--max-steps", "40", "seed=7", "--json", *P),
    )
    assert ran.code == 0, ran.err
    arguments = ran.json["arguments"]
    assert arguments["datasets"] == [str(cast.training.id)]
    assert arguments["evaluation_dataset"] == str(cast.held_back.id)
    assert (arguments["max_steps"], arguments["seed"]) == (40, 7)
    measured = signed_in("jobs", "run", "predict", "dataset=train", "predictor=rules", *P, "--json")
    assert measured.json["arguments"]["predictor"] == {"kind": "rules", "id": str(cast.patterns.id)}


def test_the_commands_beside_a_form_start_what_it_would(stage: Stage, signed_in: Annex) -> None:
    cast = stage.cast
    rules = f"--predictor.id={cast.patterns.id}"
    said = ("--", "--predictor.kind=rules", rules, f"--dataset={cast.training.id}")
    ran = signed_in("jobs", "run", "predict.v1", *P, "--json", *said)
    assert ran.code == 0, ran.err
    assert ran.json["arguments"]["predictor"] == {"kind": "rules", "id": str(cast.patterns.id)}
    trained = ("--", "--name=tiny", "--component=ner", f"--datasets={cast.training.id}")
    ran = signed_in("jobs", "run", "train.v1", *P, "--json", *trained)
    assert (ran.code, ran.json["arguments"]["datasets"]) == (0, [str(cast.training.id)])
    twice = signed_in("jobs", "run", "predict", *P, "predictor=rules", "predictor.kind=rules")
    assert (twice.code, "whole and in parts" in twice.err) == (ExitCode.USAGE, True)


def test_wrong_arguments_name_the_field(signed_in: Annex) -> None:
    ran = signed_in("jobs", "run", "train.v1", "name=tiny", "datasets=train", "max_steps=1", *P)
    assert (ran.code, "arguments.max_steps" in ran.err) == (ExitCode.USAGE, True)
    held = signed_in("jobs", "run", "train.v1", "name=tiny", "datasets=held", *P)
    assert (held.code, "held-back" in held.err) == (ExitCode.USAGE, True)
    unknown = signed_in("jobs", "run", "export.v1", "dataset=nothing", *P)
    assert unknown.code == ExitCode.NOT_ALLOWED
    late = signed_in("jobs", "run", "--name", "x", "export.v1", *P)
    assert late.code == ExitCode.USAGE


def test_a_job_is_shown_cancelled_and_not_restarted(stage: Stage, signed_in: Annex) -> None:
    job = signed_in(*EXPORT, "--json").json["id"]
    assert signed_in("jobs", "show", job, "--json").json["state"] == "queued"
    assert signed_in("jobs", "restart", job).code == ExitCode.CONFLICT
    assert signed_in("jobs", "cancel", job, "--json").json["state"] == "cancelled"
    watched = signed_in("jobs", "watch", job, "--json")
    assert (watched.code, watched.json["state"]) == (ExitCode.JOB_FAILED, "cancelled")


class TestWaiting:
    """The command ends as the job does."""

    @pytest.fixture
    def steps(self, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
        """What the cluster reports, one step at each look at the job."""
        reports: list[dict[str, Any]] = []

        def report(seconds: float) -> None:
            with tenant(stage.cast.acme.id):
                Job.objects.update(**reports.pop(0))

        monkeypatch.setattr(watch, "pause", report)
        return reports

    def test_success_is_zero(self, signed_in: Annex, steps: list[dict[str, Any]]) -> None:
        running = {"state": "running", "stage": "writing", "total": 10}
        steps += [{**running, "done": 1}, {**running, "done": 9}, {"state": "succeeded"}]
        ran = signed_in(*EXPORT, "--wait", "--json")
        assert (ran.code, ran.json["state"]) == (0, "succeeded")
        told = [line.rpartition(": ")[2] for line in ran.err.splitlines()]
        assert told == ["queued", "writing", "succeeded"]

    def test_failure_says_why_and_where(
        self, signed_in: Annex, steps: list[dict[str, Any]]
    ) -> None:
        failed = {"failure_code": "job.out_of_disk", "failure_stage": "writing"}
        steps += [{"state": "failed", **failed, "failure_ref": uuid4()}]
        ran = signed_in(*EXPORT, "--wait")
        assert ran.code == ExitCode.JOB_FAILED
        assert "disk is full" in ran.err
        assert "[job.out_of_disk]" in ran.err
        assert "https://annex.acme.example/failures/" in ran.err


JOB = {
    "id": "00000000-0000-4000-8000-000000000000",
    "recipe": "export.v1",
    "title": "Export answers",
    "state": "running",
    "arguments": {},
    "epoch": 1,
    "progress": None,
    "failure": None,
    "created_by": None,
    "created_at": "2026-01-01T00:00:00Z",
    "started_at": None,
    "finished_at": None,
    "silent": False,
    "outputs": {},
}


class TestOutage:
    """A control plane that is away for a while does not end the waiting."""

    @pytest.fixture(autouse=True)
    def _no_time_passes(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(watch, "pause", lambda seconds: None)
        monkeypatch.setattr(clients, "pause", lambda seconds: None)

    def waiting_at(self, origin: str) -> types.Job:
        now = Session(Credential(origin, "anx_t", "acme"))
        return watch.wait_for(now, types.Job.model_validate(JOB))

    def test_it_is_waited_for(self, capfd: pytest.CaptureFixture[str]) -> None:
        done: Reply = (200, {}, json.dumps({**JOB, "state": "succeeded"}).encode())
        with listening(*[BUSY] * TRIES, *[None] * TRIES, done) as wire:
            assert self.waiting_at(wire.origin).state == "succeeded"
        assert len(wire.asked) == 2 * TRIES + 1

    def test_but_not_for_ever(self, monkeypatch: pytest.MonkeyPatch) -> None:
        hours = iter(range(0, 100_000, 3600))
        monkeypatch.setattr(watch, "clock", lambda: next(hours))
        with listening(*[BUSY] * TRIES) as wire, pytest.raises(Problem):
            self.waiting_at(wire.origin)

    def test_and_a_refusal_ends_it(self) -> None:
        refused = problem(401, "customer", "request.unauthenticated")
        with listening(refused) as wire, pytest.raises(NotSignedIn):
            self.waiting_at(wire.origin)


def command(stage: Stage, config: Path) -> dict[str, Any]:
    """Return how to run `annex jobs run … --wait` as a process of its own."""
    with tenant(stage.cast.acme.id):
        token = stage.token(stage.cast.dev)
    environment = {"ANNEX_HOST": stage.url, "ANNEX_TOKEN": token, "ANNEX_CONFIG_DIR": str(config)}
    # A shell starts what runs in its background deaf to Ctrl-C, and the tests with it.
    hearing = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    program = f"{hearing}; from annex.cli.main import run; run()"
    return {
        "args": [sys.executable, "-c", program, *EXPORT, "--wait"],
        "env": {**os.environ, **environment, "TERM": "xterm"},
    }


def wait_for_job(stage: Stage) -> Job:
    for _ in range(600):
        if found := jobs_of(stage):
            return found[0]
        time.sleep(0.1)
    raise AssertionError("No job was started.")


def test_ctrl_c_without_a_terminal_detaches(stage: Stage, tmp_path: Path) -> None:
    process = subprocess.Popen(
        **command(stage, tmp_path), stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    job = wait_for_job(stage)
    assert process.stderr is not None
    assert "queued" in process.stderr.readline()
    process.send_signal(signal.SIGINT)
    told = process.stderr.read()
    assert process.wait(timeout=60) == ExitCode.INTERRUPTED
    assert f"annex jobs watch {job.id}" in told
    assert [row.state for row in jobs_of(stage)] == ["queued"]


class Terminal:
    """A terminal with a person at it."""

    def __init__(self, stage: Stage, config: Path) -> None:
        self.ours, theirs = pty.openpty()
        self.process = subprocess.Popen(
            **command(stage, config),
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)
        self.seen = ""

    def read_until(self, text: str) -> None:
        """Read until a text is on the screen."""
        while text not in self.seen:
            self.seen += os.read(self.ours, 4096).decode(errors="replace")

    def interrupt(self) -> None:
        """Press Ctrl-C."""
        self.process.send_signal(signal.SIGINT)

    def type(self, text: str) -> None:
        """Type a line."""
        os.write(self.ours, text.encode() + b"\n")

    def leave(self) -> int:
        """Read to the end and return the exit status."""
        try:
            while chunk := os.read(self.ours, 4096):
                self.seen += chunk.decode(errors="replace")
        except OSError:
            pass  # how Linux says that nobody is at the other end any more
        os.close(self.ours)
        return self.process.wait(timeout=60)


@pytest.mark.parametrize(
    ("answer", "state", "code"),
    [("c", "cancelled", ExitCode.JOB_FAILED), ("d", "queued", ExitCode.INTERRUPTED)],
)
def test_ctrl_c_at_a_terminal_asks(
    stage: Stage, tmp_path: Path, answer: str, state: str, code: ExitCode
) -> None:
    terminal = Terminal(stage, tmp_path)
    wait_for_job(stage)
    terminal.read_until("queued")
    terminal.interrupt()
    terminal.read_until("ancel it?")
    terminal.type(answer)
    assert terminal.leave() == code, terminal.seen
    assert [row.state for row in jobs_of(stage)] == [state]
