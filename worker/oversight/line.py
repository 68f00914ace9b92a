"""`/api/line`: the kill switch between this cluster and its control plane."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum

from django.conf import settings
from django.db import transaction
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from worker.link.ledger_reading import last_number
from worker.link.line import current_cut, cut_line, restore_line
from worker.link.models import Ledger, LineCut, LinkState, OutboxEvent
from worker.link.outbox import waiting_count
from worker.oversight.base import OversightView, Shape, answer
from worker.people.access_log import note_access
from worker.people.administration import check_in_browser
from worker.people.authentication import session_of
from worker.people.models import What

CUTS_SHOWN = 20


class LineState(StrEnum):
    """NOT_ENROLLED and DISABLED are the installation's doing; CUT is a person's."""

    WHOLE = "whole"
    CUT = "cut"
    DISABLED = "disabled"
    NOT_ENROLLED = "not_enrolled"


class CutDetail(Shape):
    """A time in which nothing could be sent; without `restored_at` it lasts."""

    cut_at: datetime
    cut_by: str
    restored_at: datetime | None
    restored_by: str


class LineDetail(Shape):
    """How the line is. `waiting_events` are kept until it is whole and they were accepted."""

    state: LineState
    control_plane: str
    cut: CutDetail | None
    waiting_events: int
    waiting_since: datetime | None
    ledger_rows: int
    last_sent_at: datetime | None
    may_restore: bool
    history: list[CutDetail]


class LineView(OversightView):
    """The line."""

    @extend_schema(operation_id="line", responses={200: LineDetail})
    def get(self, request: Request) -> Response:
        """Say how it is, and who cut it when."""
        return answer(describe_line())


class CutView(OversightView):
    """A cut."""

    @extend_schema(operation_id="cut_line", request=None, responses={200: LineDetail})
    @transaction.atomic
    def post(self, request: Request) -> Response:
        """Cut the line until somebody restores it. Again: nothing more happens."""
        session = session_of(request)
        if current_cut() is None:
            note_access(What.LINE_CUT, subject=session.subject_id)
        cut_line(by=session.subject.name)
        return answer(describe_line())


class RestoreView(OversightView):
    """The end of a cut."""

    @extend_schema(operation_id="restore_line", request=None, responses={200: LineDetail})
    @transaction.atomic
    def post(self, request: Request) -> Response:
        """Let the link talk again; what has waited is sent in order."""
        check_in_browser()
        session = session_of(request)
        if restore_line(by=session.subject.name):
            note_access(What.LINE_RESTORED, subject=session.subject_id)
        return answer(describe_line())


def describe_line() -> LineDetail:
    """Return how the line is."""
    link = LinkState.objects.filter(id=1, enrolled_at__isnull=False).first()
    cut = current_cut()
    oldest = OutboxEvent.objects.order_by("id").values_list("at", flat=True).first()
    sent = Ledger.objects.order_by("-seq").values_list("at", flat=True).first()
    return LineDetail(
        state=_state(link, cut),
        control_plane=link.control_plane if link else settings.CONTROL_PLANE,
        cut=_describe_cut(cut) if cut else None,
        waiting_events=waiting_count(),
        waiting_since=oldest,
        ledger_rows=last_number(),
        last_sent_at=datetime.fromtimestamp(sent, UTC) if sent else None,
        may_restore=settings.ADMINISTRATION_IN_BROWSER,
        history=[_describe_cut(row) for row in LineCut.objects.order_by("-cut_at")[:CUTS_SHOWN]],
    )


def _state(link: LinkState | None, cut: LineCut | None) -> LineState:
    if not settings.LINK_ENABLED:
        return LineState.DISABLED
    if cut is not None:
        return LineState.CUT
    return LineState.WHOLE if link else LineState.NOT_ENROLLED


def _describe_cut(cut: LineCut) -> CutDetail:
    return CutDetail(
        cut_at=cut.cut_at,
        cut_by=cut.cut_by,
        restored_at=cut.restored_at,
        restored_by=cut.restored_by,
    )
