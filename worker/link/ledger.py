"""The ledger: every outbound body, hash-chained and signed, before it is sent.

What `annex.contract.signing.ledger_meta` describes is known to both ends, so the control plane can
sign a receipt for the very head that stands here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from annex.contract.canonical import sha256_hex
from annex.contract.inbound import Receipt
from annex.contract.keys import BadSignature, Purpose, SigningKey, check_signature
from annex.contract.signing import GENESIS, check_receipt, ledger_head, ledger_meta
from django.db import transaction

from worker.link.line import check_line, hold_ledger
from worker.link.models import Ledger, LedgerReceipt


@dataclass(frozen=True)
class Entry:
    """What is about to be sent, besides its body. Times in seconds since 1970, as signed."""

    at: int
    method: str
    path: str
    session: int
    number: int
    events: int = 0

    def meta(self) -> bytes:
        """Return the part of the row's hash that describes the request."""
        return ledger_meta(
            at=self.at,
            method=self.method,
            path=self.path,
            session=self.session,
            number=self.number,
            events=self.events,
        )


def append(key: SigningKey, entry: Entry, build: Callable[[str], bytes]) -> Ledger:
    """Write the next row and return it; only then may its body be sent.

    Args:   build: makes the body from the head before this row, under the ledger's lock.
    Raises: LineIsCut.
    """
    with transaction.atomic():
        hold_ledger()
        check_line()
        last = Ledger.objects.order_by("-seq").first()
        seq, prev = (last.seq + 1, last.head) if last else (1, GENESIS)
        body = build(prev)
        digest = sha256_hex(body)
        head = ledger_head(prev, entry.meta(), digest)
        return Ledger.objects.create(
            seq=seq,
            at=entry.at,
            method=entry.method,
            path=entry.path,
            session=entry.session,
            number=entry.number,
            events=entry.events,
            body=body,
            body_sha256=digest,
            prev=prev,
            head=head,
            signature=key.sign(Purpose.LEDGER, _signed_bytes(seq, head)),
        )


def _signed_bytes(seq: int, head: str) -> bytes:
    return f"{seq}|{head}".encode()


def keep_receipt(row: Ledger, receipt: Receipt, public_key: str) -> None:
    """Check and store the control plane's receipt for a row.

    Raises: BadSignature when it is not signed by the pinned key or names another head.
    """
    check_receipt(public_key, receipt)
    if receipt.head != row.head:
        raise BadSignature
    LedgerReceipt.objects.create(
        ledger_seq=row.seq,
        accepted_seq=receipt.accepted_seq,
        head=receipt.head,
        key_id=receipt.key_id,
        public_key=public_key,
        signature=receipt.signature,
    )


@dataclass(frozen=True)
class Flaw:
    """A row that is not as it was written."""

    seq: int
    reason: str


@dataclass(frozen=True)
class Mark:
    """How far a check has come: the last row that was looked at, and its head."""

    seq: int = 0
    head: str = GENESIS


def find_flaws(
    rows: Iterable[Ledger],
    receipts: Iterable[LedgerReceipt],
    public_key: str,
    start: Mark = Mark(),
) -> Iterator[Flaw]:
    """Yield everything wrong with a ledger, or with the part after `start`; nothing when whole.

    A missing tail shows only against the newest receipt.
    Args: rows, receipts: in order of `seq` and `ledger_seq`. public_key: the cluster's.
    """
    heads = {start.seq: start.head}
    for row in rows:
        yield from _flaws_of(row, start.seq + 1, start.head, public_key)
        start = Mark(row.seq, row.head)
        heads[row.seq] = row.head
    for receipt in receipts:
        yield from _flaws_of_receipt(receipt, heads)


def _flaws_of(row: Ledger, expected: int, prev: str, public_key: str) -> Iterator[Flaw]:
    entry = Entry(row.at, row.method, row.path, row.session, row.number, row.events)
    if row.seq != expected:
        yield Flaw(row.seq, f"row {expected} is missing or out of place")
    if row.prev != prev:
        yield Flaw(row.seq, "does not continue the row before")
    if sha256_hex(bytes(row.body)) != row.body_sha256:
        yield Flaw(row.seq, "the body was changed")
    if ledger_head(row.prev, entry.meta(), row.body_sha256) != row.head:
        yield Flaw(row.seq, "the description was changed")
    try:
        check_signature(public_key, Purpose.LEDGER, _signed_bytes(row.seq, row.head), row.signature)
    except BadSignature:
        yield Flaw(row.seq, "the signature is not this cluster's")


def _flaws_of_receipt(receipt: LedgerReceipt, heads: dict[int, str]) -> Iterator[Flaw]:
    if heads.get(receipt.ledger_seq) != receipt.head:
        yield Flaw(receipt.ledger_seq, "the control plane's receipt names another head")
    signed = Receipt(
        accepted_seq=receipt.accepted_seq,
        head=receipt.head,
        key_id=receipt.key_id,
        signature=receipt.signature,
    )
    try:
        check_receipt(receipt.public_key, signed)
    except BadSignature:
        yield Flaw(receipt.ledger_seq, "the receipt's signature is not the control plane's")
