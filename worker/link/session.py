"""Open the one session of this cluster."""

from __future__ import annotations

import time

from annex.contract.inbound import SessionAnswer
from annex.contract.manifest import PROTOCOLS
from annex.contract.outbound import SessionRequest
from django.db.models import F

from worker.link.client import LinkClient, same_host
from worker.link.commands import allowed_recipes
from worker.link.errors import LinkInterrupted, LinkRefused
from worker.link.keys import enrolled_state
from worker.link.models import LinkState
from worker.link.outbox import first_unaccepted
from worker.link.version import WORKER_VERSION

SESSION_PATH = "/link/v1/session"
POLL_PATH = "/link/v1/poll"


def open_session(client: LinkClient) -> SessionAnswer:
    """Open a session and let the client speak in it.

    The number of the request is counted before it is sent, so that no crash can use one twice.
    Raises: LinkInterrupted, LinkRefused (while the fingerprint is not confirmed), SessionEnded.
    """
    LinkState.objects.filter(id=1).update(openings=F("openings") + 1)
    state = enrolled_state()
    request = SessionRequest(
        session_epoch=state.session_epoch,
        protocols=list(PROTOCOLS),
        recipes=allowed_recipes(),
        worker_version=WORKER_VERSION,
        next_event=first_unaccepted(),
    )
    client.session = state.session_epoch
    row = client.record("POST", SESSION_PATH, lambda prev: request, number=state.openings)
    try:
        answer = client.send(row, SessionAnswer)
    except LinkRefused as refusal:
        _catch_up(refusal)
        raise
    _enter(client, state, answer)
    return answer


def _catch_up(refusal: LinkRefused) -> None:
    """After a restored backup our count is behind: go on where the control plane's is."""
    expected = refusal.problem.get("expected")
    if refusal.problem_code == "request.replayed" and isinstance(expected, int):
        LinkState.objects.filter(id=1, openings__lt=expected).update(openings=expected - 1)


def _enter(client: LinkClient, state: LinkState, answer: SessionAnswer) -> None:
    if not same_host(state.control_plane, answer.poll_url):
        raise LinkInterrupted("The control plane named a poll address on another host.")
    client.session, client.number = answer.session_epoch, 0
    client.offset_seconds = answer.server_time - int(time.time())
    LinkState.objects.filter(id=1).update(
        session_epoch=answer.session_epoch,
        console_origin=answer.console_origin,
        clock_offset_seconds=client.offset_seconds,
    )
