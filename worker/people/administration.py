"""What an administrator decides about people in the browser; the command line has no such bounds.

Source: docs/architecture.md, administrators of the cluster.
"""

from __future__ import annotations

from uuid import UUID

from annex.contract.enums import Role
from django.conf import settings
from django.db import transaction

from common.errors import NotFound
from worker.people.actions import Decider, approve_subject, refuse_subject
from worker.people.errors import AboveYourRole, CommandLineOnly, NotYourself
from worker.people.models import Session, Subject
from worker.people.roles import reaches


def check_in_browser() -> None:
    """Raises: CommandLineOnly where the environment leaves widening decisions to the shell."""
    if not settings.ADMINISTRATION_IN_BROWSER:
        raise CommandLineOnly


@transaction.atomic
def approve(administrator: Session, subject_id: UUID, role: Role) -> Subject:
    """Approve a person up to a role, or change the role of one approved before.

    Raises: CommandLineOnly, NotFound, NotYourself, AboveYourRole.
    """
    check_in_browser()
    subject = _subject_below(administrator, subject_id)
    if not reaches(_role_of(administrator.subject), role):
        raise AboveYourRole("You can approve up to your own role.", field="role")
    return approve_subject(subject.id, name=subject.name, role=role, by=_decider(administrator))


@transaction.atomic
def refuse(administrator: Session, subject_id: UUID) -> Subject:
    """Turn a person down who waits, or take an approval back; their sessions end at once.

    Raises: NotFound, NotYourself, AboveYourRole.
    """
    subject = _subject_below(administrator, subject_id)
    refuse_subject(subject, by=_decider(administrator))
    return subject


def may_decide(administrator: Subject, subject: Subject) -> bool:
    """Say whether an administrator may decide about a person."""
    if administrator.id == subject.id:
        return False
    return not subject.approved_role or reaches(_role_of(administrator), _role_of(subject))


def _subject_below(administrator: Session, subject_id: UUID) -> Subject:
    subject = Subject.objects.select_for_update().filter(id=subject_id).first()
    if subject is None:
        raise NotFound
    if subject.id == administrator.subject_id:
        raise NotYourself
    if not may_decide(administrator.subject, subject):
        raise AboveYourRole("This person has been approved up to a stronger role than yours.")
    return subject


def _role_of(subject: Subject) -> Role:
    return Role(subject.approved_role)


def _decider(administrator: Session) -> Decider:
    return Decider(administrator.subject.name, administrator.subject_id)
