"""The link process: one session, a thread per loop, and an end when another link takes over."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

import structlog
from annex.contract.inbound import SessionAnswer
from django.conf import settings
from django.db import Error as DatabaseProblem
from django.db import close_old_connections, connection

from worker.link.backoff import Backoff
from worker.link.client import LinkClient
from worker.link.doorbells import ring_inbox, ring_stops
from worker.link.errors import (
    LineIsCut,
    LinkDisabled,
    LinkInterrupted,
    LinkRefused,
    SessionEnded,
)
from worker.link.keys import enrolled_state, load_key
from worker.link.line import current_cut
from worker.link.poll import Poller
from worker.link.renew import Renewer
from worker.link.session import open_session
from worker.link.upload import Uploader
from worker.link.wakeups import LINE, OUTBOX, SLOTS, Bell

log = structlog.get_logger(__name__)
ONE_LINK_LOCK: Final = 0x6C696E6B
STANDBY_SECONDS: Final = 2.0
JOIN_SECONDS: Final = 1.0
LOOK_AGAIN_SECONDS: Final = 2.0
"""A lost ring costs no more than this."""
LINE_SECONDS: Final = 1.0
"""How long the link goes on at most after a cut of which it was not rung."""


@dataclass
class Link:
    """A running link. `stop()` ends it from any thread.

    `was_cut` says after `run` that it ended because the line was cut.
    """

    client: LinkClient
    stopping: threading.Event = field(default_factory=threading.Event)
    ended_by: Exception | None = None
    was_cut: bool = False

    def run(self) -> None:
        """Hold the lock, wait for a whole line, open the session, run the loops until stopped.

        Raises: SessionEnded when a newer link took over or the cluster was removed.
        """
        with one_link(self.stopping):
            self._stand_by()
            session = self._open_session()
            if session is not None:
                self._run_loops(session)
        if self.ended_by is not None:
            raise self.ended_by

    def stop(self) -> None:
        """Let the loops end."""
        self.stopping.set()
        self.client.close()

    def _stand_by(self) -> None:
        """Say nothing while the line is cut; only strict work that nobody renews is given up."""
        renewer, bell = Renewer(self.client, doorbell=ring_stops), Bell(LINE)
        while not self.stopping.is_set():
            close_old_connections()
            try:
                if current_cut() is None:
                    return
                renewer.give_up()
            except DatabaseProblem as problem:
                # Without the database nobody can say that the line is whole.
                self._wait(LINE_SECONDS, problem)
            bell.wait(LINE_SECONDS)

    def _open_session(self) -> SessionAnswer | None:
        backoff = Backoff(longest_seconds=5.0)
        while not self.stopping.is_set():
            try:
                return open_session(self.client)
            except LinkInterrupted as problem:
                self._wait(backoff.failed(problem.retry_after_seconds), problem)
            except LinkRefused as problem:
                if not problem.passes and problem.problem_code != "request.replayed":
                    raise
                self._wait(backoff.failed(problem.retry_after_seconds), problem)
            except LineIsCut:
                self._end_cut()
        return None

    def _run_loops(self, session: SessionAnswer) -> None:
        loops = [
            threading.Thread(target=self._forever, args=(step, wait), name=name, daemon=True)
            for name, step, wait in self._loops(session)
        ]
        for loop in loops:
            loop.start()
        self.stopping.wait()
        if self.was_cut:
            return
        for loop in loops:
            # A poll that waits cannot be cut off; the thread is a daemon and ends with the process.
            loop.join(JOIN_SECONDS)

    def _loops(
        self, session: SessionAnswer
    ) -> Iterator[tuple[str, Callable[[], object], Callable[[], object]]]:
        """Yield each loop: its name, one step, and how it waits between steps."""
        parts = urlsplit(session.poll_url)
        poller = Poller(
            self.client,
            poll_origin=f"{parts.scheme}://{parts.netloc}",
            poll_seconds=int(session.poll_seconds),
            doorbell=ring_inbox,
        )
        uploader = Uploader(self.client)
        renewer = Renewer(self.client, doorbell=ring_stops)
        outbox, slots, line = Bell(OUTBOX), Bell(SLOTS), Bell(LINE)
        yield "poll", poller.step, lambda: None
        yield "slots", lambda: _look_when_rung(slots, poller), lambda: None
        yield "upload", uploader.step, lambda: outbox.wait(LOOK_AGAIN_SECONDS)
        yield "line", self._look_at_line, lambda: line.wait(LINE_SECONDS)
        yield "renew", renewer.step, lambda: self.stopping.wait(session.renew_seconds)

    def _look_at_line(self) -> None:
        if current_cut() is not None:
            self._end_cut()

    def _end_cut(self) -> None:
        self.was_cut = True
        self.stop()

    def _forever(self, step: Callable[[], object], wait: Callable[[], object]) -> None:
        backoff = Backoff()
        while not self.stopping.is_set():
            close_old_connections()
            try:
                done = step()
                backoff.succeeded()
                if not done:
                    wait()
            except LineIsCut:
                self._end_cut()
            except SessionEnded as ending:
                self.ended_by = self.ended_by or ending
                self.stop()
            except (LinkInterrupted, LinkRefused) as problem:
                self._wait(backoff.failed(problem.retry_after_seconds), problem)
            except DatabaseProblem as problem:
                self._wait(backoff.failed(), problem)
            except Exception as problem:
                log.exception("a loop of the link met a defect")
                self._wait(backoff.failed(), problem)
        connection.close()

    def _wait(self, seconds: float, problem: Exception) -> None:
        if not self.stopping.is_set():
            code = getattr(problem, "problem_code", getattr(problem, "code", "database"))
            log.warning("the link waits", code=code, wait_seconds=round(seconds, 1))
        self.stopping.wait(seconds)


def _look_when_rung(slots: Bell, poller: Poller) -> None:
    """Ask for the next job as soon as one has ended; the long poll asked with fewer slots."""
    if slots.wait(LOOK_AGAIN_SECONDS):
        poller.look(0)


def make_link() -> Link:
    """Return the link of this enrolled cluster. Raises: NotEnrolled, LinkDisabled."""
    if not settings.LINK_ENABLED:
        raise LinkDisabled
    state = enrolled_state()
    client = LinkClient(
        origin=state.control_plane, key=load_key(), offset_seconds=state.clock_offset_seconds
    )
    return Link(client)


@contextmanager
def one_link(stopping: threading.Event) -> Iterator[None]:
    """Hold the database's lock on being the link; a second replica stands by until it is free."""
    while not _try_lock() and not stopping.is_set():
        stopping.wait(STANDBY_SECONDS)
    try:
        yield
    finally:
        # The lock belongs to the connection.
        connection.close()


def _try_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [ONE_LINK_LOCK])
        row = cursor.fetchone()
    return bool(row and row[0])
