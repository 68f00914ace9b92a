"""The kill switch: nothing leaves while the line is cut, work goes on, then all arrives once."""

from __future__ import annotations

import getpass
import time
from datetime import datetime, timedelta
from threading import Thread
from uuid import UUID, uuid4

import pytest
from annex.contract.enums import JobState
from annex.contract.keys import SigningKey
from annex.contract.outbound import JobStateChanged
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from tests.worker.annotate.conftest import TEXTS, join, stage_with
from tests.worker.link.conftest import process, wait_until
from tests.worker.link.listening_plane import KEY as PLANE_KEY
from tests.worker.link.listening_plane import ListeningPlane, listening_plane
from tests.worker.link.test_line import worker
from worker.link.errors import LineIsCut
from worker.link.keys import load_or_make_key
from worker.link.ledger import Entry, append
from worker.link.line import current_cut, cut_line, restore_line
from worker.link.models import Ledger, LineCut, LinkLease, LinkState, OutboxEvent
from worker.link.outbox import emit
from worker.link.renew import GONE_AFTER_SECONDS
from worker.people.models import AccessRow

KEY = SigningKey.from_bytes(bytes(range(32)))
ENTRY = Entry(at=1, method="POST", path="/x", session=1, number=1)
QUIET_SECONDS = 4.0
LINK = ["-m", "worker", "link", "run"]
AS_LINK = {"ANNEX_WORKER_DATABASE_ROLE": "link"}


@pytest.mark.django_db
def test_while_it_is_cut_nothing_enters_the_ledger() -> None:
    cut = cut_line(by="Olga")
    assert cut_line(by="Ines").pk == cut.pk
    with pytest.raises(LineIsCut):
        append(KEY, ENTRY, lambda prev: b"{}")
    assert Ledger.objects.count() == 0
    assert restore_line(by="Ines") is True
    assert restore_line(by="Ines") is False
    assert append(KEY, ENTRY, lambda prev: b"{}").seq == 1
    cut.refresh_from_db()
    assert (cut.cut_by, cut.restored_by, current_cut()) == ("Olga", "Ines", None)


@pytest.mark.django_db
def test_two_cuts_cannot_be_in_force_and_none_is_forgotten() -> None:
    cut_line(by="Olga")
    with pytest.raises(IntegrityError), transaction.atomic():
        LineCut.objects.create(cut_at=timezone.now(), cut_by="x")
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        LineCut.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_a_cut_waits_for_a_row_that_is_being_written_and_then_no_other_comes() -> None:
    def cut() -> None:
        cut_line(by="Olga")
        connection.close()

    cutting = Thread(target=cut)
    with transaction.atomic():
        append(KEY, ENTRY, lambda prev: b"{}")
        cutting.start()
        time.sleep(0.3)
        assert current_cut() is None
    cutting.join(30)
    with pytest.raises(LineIsCut):
        append(KEY, ENTRY, lambda prev: b"{}")


def enrol(plane: ListeningPlane) -> None:
    LinkState.objects.create(
        id=1,
        control_plane=plane.origin,
        cluster=uuid4(),
        organization=uuid4(),
        public_key=load_or_make_key().public_key,
        command_key_id=PLANE_KEY.key_id,
        command_key=PLANE_KEY.public_key,
        enrolled_at=timezone.now(),
    )


def say(count: int) -> None:
    for _ in range(count):
        emit(JobStateChanged(job=uuid4(), job_epoch=1, state=JobState.RUNNING))


def stays_silent(plane: ListeningPlane) -> bool:
    heard = len(plane.paths)
    time.sleep(QUIET_SECONDS)
    return len(plane.paths) == heard


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_link_falls_silent_stays_so_and_then_sends_everything_once_in_order() -> None:
    with listening_plane() as plane:
        enrol(plane)
        ada = join(stage_with(TEXTS), "Ada")
        with process(LINK, AS_LINK) as link:
            wait_until(lambda: "/link/v1/poll" in plane.paths)
            say(2)
            wait_until(lambda: not OutboxEvent.objects.exists())

            assert worker("link", "cut").returncode == 0
            wait_until(lambda: plane.dropped_polls == 1, seconds=10)
            say(3)
            assert stays_silent(plane)
            for example in ada.batch(2)["examples"]:
                assert ada.save(example["id"]).status_code == 201
            # It waits in the same process rather than crashing over and over.
            assert link.poll() is None
        with process(LINK, AS_LINK) as link:
            assert stays_silent(plane)
            assert link.poll() is None
            before = Ledger.objects.count()
            assert worker("link", "restore").returncode == 0
            wait_until(lambda: not OutboxEvent.objects.exists())
        assert plane.sessions == 2
        assert plane.events == list(range(1, len(plane.events) + 1))
        assert len(plane.events) >= 5
        assert Ledger.objects.count() > before
        assert worker("ledger", "verify").returncode == 0


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_command_line_is_in_the_access_log_once_for_each_thing_done() -> None:
    for command in ("cut", "cut", "restore", "restore"):
        assert worker("link", command).returncode == 0
    noted = AccessRow.objects.order_by("id").values_list("what", "subject", "actor")
    me = getpass.getuser()
    assert list(noted) == [("line.cut", None, me), ("line.restored", None, me)]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_strict_work_that_nobody_renews_is_given_up_while_the_line_is_cut() -> None:
    with listening_plane() as plane:
        enrol(plane)
        cut_line(by="Olga")
        long_ago = timezone.now() - timedelta(seconds=GONE_AFTER_SECONDS + 1)
        strict, sticky = (make_lease(kind, long_ago) for kind in ("strict", "sticky"))
        with process(LINK, AS_LINK):
            wait_until(lambda: LinkLease.objects.get(job=strict).stop == "lost")
        assert LinkLease.objects.get(job=sticky).stop == ""
        assert plane.paths == []


def make_lease(lease_class: str, renewed_at: datetime) -> UUID:
    fields = {"job": uuid4(), "epoch": 1, "renewed_at": renewed_at}
    return LinkLease.objects.create(lease_class=lease_class, **fields).job
