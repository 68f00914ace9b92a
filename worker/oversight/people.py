"""`/api/people`: who waits for approval, who was approved or turned down, by whom and when."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from annex.contract.enums import Role
from django.conf import settings
from django.db.models import Count, Q
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from worker.oversight.base import OversightView, Shape, answer
from worker.people import administration
from worker.people.authentication import session_of
from worker.people.models import Subject
from worker.people.roles import reaches
from worker.projects.models import Person

MOST_SHOWN = 500


class PersonDetail(Shape):
    """One person. `code` is what they read out; `sessions` counts those that are open now.

    `approved_role` is null until an approval; `refused_at` tells of a refusal or revocation since.
    """

    id: UUID
    name: str
    code: str
    simulated: bool
    asked_role: Role
    approved_role: Role | None
    approved_at: datetime | None
    approved_by: str
    refused_at: datetime | None
    refused_by: str
    seen_at: datetime
    projects: list[str]
    sessions: int
    is_you: bool
    may_decide: bool


class PeopleDetail(Shape):
    """Everyone who has tried to come in. `roles` are those you may approve up to."""

    waiting: list[PersonDetail]
    approved: list[PersonDetail]
    refused: list[PersonDetail]
    roles: list[Role]
    may_approve: bool


class ApproveBody(Shape):
    """The ceiling on what any login of the person may do."""

    role: Role


class PeopleView(OversightView):
    """All people of the cluster."""

    @extend_schema(operation_id="people", responses={200: PeopleDetail})
    def get(self, request: Request) -> Response:
        """List them, whoever waits longest first."""
        return answer(describe_people(session_of(request).subject))


class ApproveView(OversightView):
    """An approval."""

    @extend_schema(
        operation_id="approve_person", request=ApproveBody, responses={200: PeopleDetail}
    )
    def post(self, request: Request, subject: UUID) -> Response:
        """Approve the person, never above one's own role. Effects: a row in the access log."""
        role = ApproveBody.model_validate(request.data).role
        administration.approve(session_of(request), subject, role)
        return answer(describe_people(session_of(request).subject))


class RefuseView(OversightView):
    """A refusal, or the end of an approval."""

    @extend_schema(operation_id="refuse_person", request=None, responses={200: PeopleDetail})
    def post(self, request: Request, subject: UUID) -> Response:
        """Turn the person down; their sessions end at once. Effects: a row in the access log."""
        administration.refuse(session_of(request), subject)
        return answer(describe_people(session_of(request).subject))


def describe_people(administrator: Subject) -> PeopleDetail:
    """Return everyone, in three lists."""
    open_now = Q(sessions__idle_at__gt=timezone.now(), sessions__expires_at__gt=timezone.now())
    subjects = Subject.objects.annotate(open_sessions=Count("sessions", filter=open_now))
    waiting = subjects.filter(approved_at=None, refused_at=None).order_by("seen_at", "id")
    refused = subjects.filter(approved_at=None, refused_at__isnull=False).order_by("-refused_at")
    approved = subjects.filter(approved_at__isnull=False).order_by("name", "id")
    titles = _titles()

    def listed(found: object) -> list[PersonDetail]:
        rows = list(found[:MOST_SHOWN])  # type: ignore[index]
        return [_describe(row, administrator, titles.get(row.id, [])) for row in rows]

    return PeopleDetail(
        waiting=listed(waiting),
        approved=listed(approved),
        refused=listed(refused),
        roles=[role for role in Role if reaches(Role(administrator.approved_role), role)],
        may_approve=settings.ADMINISTRATION_IN_BROWSER,
    )


def _titles() -> dict[UUID, list[str]]:
    titles: dict[UUID, list[str]] = {}
    mirrored = Person.objects.order_by("project__title").values_list("subject", "project__title")
    for subject, title in mirrored:
        titles.setdefault(subject, []).append(title)
    return titles


def _describe(subject: Subject, administrator: Subject, projects: list[str]) -> PersonDetail:
    return PersonDetail(
        id=subject.id,
        name=subject.name,
        code=subject.code,
        simulated=subject.simulated,
        asked_role=Role(subject.asked_role),
        approved_role=Role(subject.approved_role) if subject.approved_role else None,
        approved_at=subject.approved_at,
        approved_by=subject.approved_by,
        refused_at=subject.refused_at,
        refused_by=subject.refused_by,
        seen_at=subject.seen_at,
        projects=projects,
        sessions=subject.open_sessions,  # type: ignore[attr-defined]
        is_you=subject.id == administrator.id,
        may_decide=administration.may_decide(administrator, subject),
    )
