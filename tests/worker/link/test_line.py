"""The whole line, both ends real: enrol, confirm, session, offer, claim, events, receipt."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from uuid import UUID, uuid4

import pytest
from annex.contract.enums import JobState, Stage
from annex.contract.outbound import JobProgressed, JobStateChanged

from tests.worker.link.conftest import REPOSITORY, ControlPlane, process, wait_until
from worker.link.inbox import process_inbox
from worker.link.models import (
    Inbox,
    Ledger,
    LedgerReceipt,
    LinkLease,
    LinkState,
    OutboxEvent,
)
from worker.link.outbox import emit

pytestmark = pytest.mark.slow


def worker(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the worker's command line as an administrator does."""
    return subprocess.run(
        [sys.executable, "-m", "worker", *arguments],
        cwd=REPOSITORY,
        env=os.environ | {"ANNEX_WORKER_DATABASE_ROLE": "link"},
        capture_output=True,
        text=True,
        check=False,
    )


def enrol(plane: ControlPlane) -> str:
    """Enrol this cluster and return the fingerprint that the terminal shows."""
    done = worker("link", "enrol", "--url", plane.origin, "--token", plane.ids["token"])
    assert done.returncode == 0, done.stderr
    shown = re.search(r"Fingerprint: ([0-9a-f-]{39})", done.stdout)
    assert shown is not None
    return shown[1]


def test_the_thin_path(control_plane: ControlPlane) -> None:
    ids = control_plane.ids
    fingerprint = enrol(control_plane)
    assert enrol(control_plane) == fingerprint  # a lost answer is harmless
    assert control_plane.look()["state"] == "unconfirmed"

    with process(["-m", "worker", "link", "run"], {"ANNEX_WORKER_DATABASE_ROLE": "link"}) as link:
        control_plane.person(
            "confirm",
            organization=ids["organization"],
            cluster=ids["cluster"],
            fingerprint=fingerprint.upper().replace("-", " "),
        )
        wait_until(lambda: LinkState.objects.get(id=1).session_epoch == 1)

        arguments = {"dataset": str(uuid4()), "format": "jsonl"}
        job = UUID(control_plane.start("export.v1", arguments))
        lease = wait_until(lambda: LinkLease.objects.filter(job=job).first())
        assert lease.epoch == 1
        assert process_inbox() == 1
        assert Inbox.objects.get().state == "applied"

        emit(JobStateChanged(job=job, job_epoch=1, state=JobState.RUNNING))
        emit(JobProgressed(job=job, job_epoch=1, stage=Stage.WRITING, done=1, total=2))
        emit(JobProgressed(job=job, job_epoch=1, stage=Stage.WRITING, done=2, total=2))
        emit(JobStateChanged(job=job, job_epoch=1, state=JobState.SUCCEEDED))
        wait_until(lambda: not OutboxEvent.objects.exists())
        known = control_plane.look()
        assert known["state"] == "active"
        assert known["jobs"][str(job)]["state"] == "succeeded"
        assert known["jobs"][str(job)]["done"] == 2
        assert known["commands"] == [{"seq": 1, "type": "job.offer", "outcome": "applied"}]
        assert [event["seq"] for event in known["events"]] == list(range(1, known["next_event"]))

        link.send_signal(signal.SIGTERM)
        assert link.wait(120) == 0

    receipt = LedgerReceipt.objects.get(head=known["ledger_head"])
    assert Ledger.objects.get(seq=receipt.ledger_seq).head == receipt.head
    assert worker("ledger", "verify").returncode == 0
