"""`/api/ledger`: what was sent, row by row; a check with progress; the file and its verifier."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated

from annex import ledger_verifier
from annex.contract.keys import fingerprint
from annex.contract.leaves import MAX_COUNT, Digest
from annex.contract.signing import GENESIS
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from pydantic import Field
from rest_framework.request import Request
from rest_framework.response import Response

from common.errors import NotFound
from worker.link import ledger_reading as reading
from worker.link.keys import enrolled_state
from worker.link.ledger import Mark
from worker.link.models import Ledger, LedgerReceipt
from worker.oversight.base import OversightView, Shape, answer, read_query
from worker.oversight.pack.build import pack_zip
from worker.people.access_log import note_access
from worker.people.authentication import session_of
from worker.people.models import What

DAYS_SHOWN = 30
RowNumber = Annotated[int, Field(ge=0, le=MAX_COUNT)]


class LedgerQuery(Shape):
    """Which rows: below `before`, of a kind, of a day (UTC)."""

    before: RowNumber | None = None
    kind: Annotated[str, Field(pattern=r"^[a-z]{0,32}$")] = ""
    day: date | None = None


class LedgerRow(Shape):
    """One request that was written down to be sent. `receipt`: the control plane signed for it."""

    seq: int
    at: datetime
    kind: str
    method: str
    path: str
    events: int
    size_bytes: int
    receipt: bool


class LedgerPage(Shape):
    """`next` is the `before` of the next page, null on the last."""

    rows: list[LedgerRow]
    next: int | None
    kinds: list[str]


class LedgerSum(Shape):
    """What went out on one day (UTC) of one kind."""

    day: date
    kind: str
    rows: int
    size_bytes: int
    events: int


class LedgerDays(Shape):
    """The last days, without those on which nothing was sent."""

    since: date
    until: date
    sums: list[LedgerSum]


class ReceiptDetail(Shape):
    """The control plane's signed word for a row."""

    accepted_seq: int
    head: str
    key_id: str
    public_key: str
    signature: str


class LedgerDetail(LedgerRow):
    """A row in full; `body` is the exact text that was sent."""

    session: int
    number: int
    body: str
    body_sha256: str
    prev: str
    head: str
    signature: str
    signed_for: ReceiptDetail | None


class CheckQuery(Shape):
    """Where a check goes on: what the step before answered. Nothing for a new check."""

    after: RowNumber = 0
    head: Digest = GENESIS
    until: RowNumber | None = None


class FlawDetail(Shape):
    """Something that is not as it was written."""

    seq: int
    reason: str


class CheckDetail(Shape):
    """One step of a check; it is done when `after` has reached `until`."""

    after: int
    head: str
    until: int
    rows: int
    receipts: int
    flaws: list[FlawDetail]
    done: bool
    fingerprint: str


class LedgerView(OversightView):
    """The ledger."""

    @extend_schema(
        operation_id="ledger",
        parameters=[
            OpenApiParameter("before", OpenApiTypes.INT64),
            OpenApiParameter("kind", OpenApiTypes.STR),
            OpenApiParameter("day", OpenApiTypes.DATE),
        ],
        responses={200: LedgerPage},
    )
    def get(self, request: Request) -> Response:
        """Return a page of rows, newest first."""
        query = read_query(request, LedgerQuery)
        rows = reading.ledger_page(before=query.before, kind=query.kind, day=query.day)
        shown = rows[: reading.PAGE_ROWS]
        receipted = reading.receipted(shown)
        return answer(
            LedgerPage(
                rows=[describe_row(row, receipt=row.seq in receipted) for row in shown],
                next=shown[-1].seq if len(rows) > len(shown) else None,
                kinds=reading.kinds(),
            )
        )


class LedgerRowView(OversightView):
    """One row."""

    @extend_schema(operation_id="ledger_row", responses={200: LedgerDetail})
    def get(self, request: Request, seq: int) -> Response:
        """Return the row with its body, as it was sent, and its receipt."""
        row = Ledger.objects.filter(seq=seq).first()
        if row is None:
            raise NotFound
        return answer(describe_in_full(row))


class LedgerDaysView(OversightView):
    """How much went out."""

    @extend_schema(operation_id="ledger_days", responses={200: LedgerDays})
    def get(self, request: Request) -> Response:
        """Sum the last days up by kind."""
        today = timezone.now().date()
        since = today - timedelta(days=DAYS_SHOWN - 1)
        sums = [LedgerSum(size_bytes=row.pop("bytes"), **row) for row in reading.sums_since(since)]
        return answer(LedgerDays(since=since, until=today, sums=sums))


class LedgerCheckView(OversightView):
    """A check of the whole chain, step by step, so that a page can show how far it is."""

    @extend_schema(
        operation_id="ledger_check",
        parameters=[
            OpenApiParameter("after", OpenApiTypes.INT64),
            OpenApiParameter("head", OpenApiTypes.STR),
            OpenApiParameter("until", OpenApiTypes.INT64),
        ],
        responses={200: CheckDetail},
    )
    def get(self, request: Request) -> Response:
        """Check the next rows: numbers, hashes, chain, signatures, receipts."""
        query = read_query(request, CheckQuery)
        until = reading.check_until() if query.until is None else query.until
        checked = reading.check_step(Mark(query.after, query.head), until)
        return answer(
            CheckDetail(
                after=checked.mark.seq,
                head=checked.mark.head,
                until=until,
                rows=checked.rows,
                receipts=checked.receipts,
                flaws=[FlawDetail(seq=f.seq, reason=f.reason) for f in checked.flaws],
                done=checked.rows < reading.STEP_ROWS,
                fingerprint=fingerprint(enrolled_state().public_key),
            )
        )


class LedgerFileView(OversightView):
    """The whole ledger as one file."""

    @extend_schema(
        operation_id="ledger_file", responses={(200, "application/jsonl"): OpenApiTypes.BINARY}
    )
    def get(self, request: Request) -> StreamingHttpResponse:
        """Download it. Effects: one row in the access log."""
        enrolled_state()
        note_access(
            What.LEDGER_DOWNLOADED,
            subject=session_of(request).subject_id,
            count=reading.last_number(),
        )
        return StreamingHttpResponse(
            _file_lines(),
            content_type="application/jsonl",
            headers={"Content-Disposition": 'attachment; filename="ledger.jsonl"'},
        )


class PackView(OversightView):
    """What a security review asks for, as one zip."""

    @extend_schema(
        operation_id="approval_pack", responses={(200, "application/zip"): OpenApiTypes.BINARY}
    )
    def get(self, request: Request) -> HttpResponse:
        """Make it from the code that runs."""
        return HttpResponse(
            pack_zip(),
            content_type="application/zip",
            headers={"Content-Disposition": 'attachment; filename="annex-approval-pack.zip"'},
        )


class VerifierView(OversightView):
    """The program with which an auditor checks that file."""

    @extend_schema(
        operation_id="ledger_verifier", responses={(200, "text/x-python"): OpenApiTypes.BINARY}
    )
    def get(self, request: Request) -> FileResponse:
        """Download it."""
        source = Path(ledger_verifier.__file__)
        return FileResponse(
            source.open("rb"),
            as_attachment=True,
            filename="verify_ledger.py",
            content_type="text/x-python",
        )


def describe_row(row: Ledger, *, receipt: bool) -> LedgerRow:
    """Return a row as a list shows it."""
    return LedgerRow(
        seq=row.seq,
        at=datetime.fromtimestamp(row.at, UTC),
        kind=row.kind,
        method=row.method,
        path=row.path,
        events=row.events,
        size_bytes=row.size_bytes,
        receipt=receipt,
    )


def describe_in_full(row: Ledger) -> LedgerDetail:
    """Return a row with its body and its receipt."""
    receipt = LedgerReceipt.objects.filter(ledger_seq=row.seq).first()
    return LedgerDetail(
        **describe_row(row, receipt=receipt is not None).model_dump(),
        session=row.session,
        number=row.number,
        body=bytes(row.body).decode(),
        body_sha256=row.body_sha256,
        prev=row.prev,
        head=row.head,
        signature=row.signature,
        signed_for=receipt
        and ReceiptDetail(
            accepted_seq=receipt.accepted_seq,
            head=receipt.head,
            key_id=receipt.key_id,
            public_key=receipt.public_key,
            signature=receipt.signature,
        ),
    )


def _file_lines() -> Iterator[bytes]:
    with reading.one_moment():
        for line in reading.export_lines():
            yield json.dumps(line, sort_keys=True).encode() + b"\n"
