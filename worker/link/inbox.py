"""Commands in: check the signature, store before the cursor moves, let Celery carry them out."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

import structlog
from annex.contract.enums import CommandOutcome
from annex.contract.inbound import Command, Grant, JobOffer
from annex.contract.keys import BadSignature
from annex.contract.outbound import CommandAnswered
from annex.contract.requests import MAX_SKEW_SECONDS
from annex.contract.signing import check_command
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from worker.link.commands import CommandRefused, CommandUnsupported, parse_body, run_handler
from worker.link.models import Inbox, InboxState, LinkLease, LinkState
from worker.link.outbox import emit, is_full

log = structlog.get_logger(__name__)
MAX_TRIES = 5

OUTCOMES = {
    InboxState.APPLIED: CommandOutcome.APPLIED,
    InboxState.UNSUPPORTED: CommandOutcome.UNSUPPORTED,
    InboxState.REFUSED: CommandOutcome.REFUSED,
}


def store_commands(commands: Sequence[Command], *, now: int) -> int:
    """Store what is new, in order, and move the cursor in the same transaction.

    Args:   now: seconds since 1970 on the control plane's clock.
    Raises: BadSignature when one is not signed for this cluster, or its time is over; then none
        of them is stored.
    """
    with transaction.atomic():
        state = LinkState.objects.select_for_update().get(id=1)
        new = [c for c in commands if c.seq > state.cursor]
        for command in new:
            _check(command, state, now)
            _store(command)
            state.cursor = command.seq
        state.last_answer_at = timezone.now()
        state.save(update_fields=["cursor", "last_answer_at"])
    return len(new)


def _check(command: Command, state: LinkState, now: int) -> None:
    if command.cluster != state.cluster or command.key_id != state.command_key_id:
        raise BadSignature
    if not command.iat - MAX_SKEW_SECONDS <= now <= command.exp + MAX_SKEW_SECONDS:
        raise BadSignature
    check_command(state.command_key, command)


def _store(command: Command) -> None:
    """Answer at once what will never be carried out; keep the rest for its handler."""
    row = Inbox(
        seq=command.seq,
        id=command.id,
        type=str(command.body.get("type", ""))[:64],
        body=command.body,
        key_id=command.key_id,
        signature=command.signature,
        state=InboxState.RECEIVED,
    )
    try:
        if isinstance(parse_body(command.body), JobOffer):
            row.state = InboxState.WAITING
        row.save(force_insert=True)
    except (CommandUnsupported, CommandRefused) as refusal:
        # What is refused is not kept either: such a body may hold anything.
        row.body = {}
        row.save(force_insert=True)
        _finish(row, _state_of(refusal))


def _state_of(refusal: Exception) -> InboxState:
    unsupported = isinstance(refusal, CommandUnsupported)
    return InboxState.UNSUPPORTED if unsupported else InboxState.REFUSED


def _finish(row: Inbox, state: InboxState, ref: uuid.UUID | None = None) -> None:
    row.state, row.ref = state, ref
    row.save(update_fields=["state", "ref", "tries"])
    if state in OUTCOMES:
        emit(CommandAnswered(command=row.id, outcome=OUTCOMES[state], ref=ref))


def waiting_offers() -> list[tuple[Inbox, JobOffer]]:
    """Return offers that were not claimed yet, oldest first."""
    rows = Inbox.objects.filter(state=InboxState.WAITING).order_by("seq")
    return [(row, JobOffer.model_validate(row.body)) for row in rows]


def free_slots() -> int:
    """Return how many more jobs this cluster takes; none while too much waits to be told."""
    if is_full():
        return 0
    return max(0, int(settings.SLOTS) - LinkLease.objects.filter(ended=False).count())


@transaction.atomic
def accept_grant(row: Inbox, offer: JobOffer, grant: Grant) -> None:
    """Record a claimed job and hand its offer, with the granted epoch, to the handler."""
    LinkLease.objects.update_or_create(
        job=offer.job,
        defaults={
            "epoch": grant.epoch,
            "lease_class": offer.lease_class.value,
            "renewed_at": timezone.now(),
            "stop": "",
            "ended": False,
        },
    )
    granted = offer.model_copy(update={"epoch": grant.epoch})
    row.body, row.state = granted.model_dump(mode="json"), InboxState.RECEIVED
    row.save(update_fields=["body", "state"])


def let_offer_lapse(row: Inbox) -> None:
    """Forget an offer that somebody else took, or that was withdrawn."""
    row.state = InboxState.LAPSED
    row.save(update_fields=["state"])


def process_inbox() -> int:
    """Carry out what was received, oldest first; return how many commands were finished.

    Stops at one that fails for a passing reason; after five tries it is refused and those behind
    it go on. Runs in the worker's Celery; two runs at a time do not carry a command out twice.
    """
    finished = 0
    while _process_next():
        finished += 1
    return finished


def _process_next() -> bool:
    with transaction.atomic():
        row = (
            Inbox.objects.select_for_update()
            .filter(state=InboxState.RECEIVED)
            .order_by("seq")
            .first()
        )
        if row is None:
            return False
        return _carry_out(row)


def _carry_out(row: Inbox) -> bool:
    try:
        with transaction.atomic():
            run_handler(row.id, parse_body(row.body))
        _finish(row, InboxState.APPLIED)
    except (CommandUnsupported, CommandRefused) as refusal:
        _finish(row, _state_of(refusal))
    except Exception:
        return _try_later(row)
    return True


def _try_later(row: Inbox) -> bool:
    ref = uuid.uuid4()
    log.exception("a command could not be carried out", command=str(row.id), ref=str(ref))
    row.tries += 1
    if row.tries < MAX_TRIES:
        row.save(update_fields=["tries"])
        return False
    _finish(row, InboxState.REFUSED, ref)
    return True
