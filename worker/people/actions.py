"""Writes: admit, approve, unlock, revoke. Each one transaction, each login with its audit event."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from uuid import UUID

from annex.contract.enums import LoginOutcome, Role
from annex.contract.outbound import LoginAudited
from django.db import transaction
from django.utils import timezone

from worker.link.outbox import emit
from worker.people.errors import ApprovalMissing, LoginRefused
from worker.people.login_token import LoginClaims
from worker.people.models import BurnedToken, Session, Subject, Unlock
from worker.people.roles import strongest
from worker.people.sessions import end_sessions, hash_key, open_session
from worker.projects.models import Person

UNLOCK_LIFE = timedelta(minutes=10)
# Without letters and digits that are read for one another over the phone.
_CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def admit(claims: LoginClaims) -> tuple[Session, str]:
    """Turn checked claims into a session, if the second key is there.

    Returns: the session and the key for its cookie.
    Raises: LoginRefused when the token was used before; ApprovalMissing with the person's code.
    Effects: the token is burned and the login audited, also when it ends in a refusal.
    """
    with transaction.atomic():
        is_first_use = _burn(claims)
        subject = _note_subject(claims) if is_first_use else None
        outcome = _outcome(subject)
        emit(LoginAudited(subject=claims.subject, outcome=outcome))
        if subject is not None and outcome is LoginOutcome.ADMITTED:
            return open_session(subject, claims.roles)
    if subject is None:
        raise LoginRefused("The token has been used before.")
    raise ApprovalMissing(subject.code)


def approve_subject(subject_id: UUID, *, name: str, role: Role, by: str) -> Subject:
    """Turn the second key for a subject, seen before or not, up to a role."""
    subject, _ = Subject.objects.get_or_create(
        id=subject_id, defaults={"name": name, "code": make_code(), "asked_role": role.value}
    )
    subject.approved_role, subject.approved_at, subject.approved_by = (
        role.value,
        timezone.now(),
        by[:64],
    )
    subject.save(update_fields=["approved_role", "approved_at", "approved_by"])
    return subject


def approve_everyone(*, by: str) -> list[Subject]:
    """Approve each person of the mirrored projects at the role they have now; the demo's way."""
    return [
        approve_subject(subject_id, name=name, role=role, by=by)
        for subject_id, (name, role) in mirrored_people().items()
    ]


def revoke_subject(subject: Subject) -> int:
    """Take the second key back and end the subject's sessions; return how many there were."""
    with transaction.atomic():
        Subject.objects.filter(pk=subject.pk).update(approved_at=None, approved_role="")
        Unlock.objects.filter(subject=subject, used_at=None).delete()
        return end_sessions(subject.pk)


def make_unlock(subject: Subject, *, by: str) -> str:
    """Make a one-time local login for an approved subject and return its secret.

    Raises: LoginRefused when the subject is not approved.
    """
    if not subject.is_approved:
        raise LoginRefused("This person has not been approved.", what_to_do="Approve them first.")
    token = secrets.token_urlsafe(32)
    Unlock.objects.create(
        token_hash=hash_key(token),
        subject=subject,
        made_by=by[:64],
        expires_at=timezone.now() + UNLOCK_LIFE,
    )
    return token


def use_unlock(token: str) -> tuple[Session, str]:
    """Open a session from a one-time local login; roles are those last mirrored.

    Raises: LoginRefused when it is unknown, used or older than ten minutes.
    """
    now = timezone.now()
    with transaction.atomic():
        open_unlocks = Unlock.objects.filter(
            token_hash=hash_key(token), used_at=None, expires_at__gt=now
        )
        # The conditional update is the claim: of two clicks at once one gets a row.
        if not open_unlocks.update(used_at=now):
            raise LoginRefused("This local login is unknown, used or too old.")
        subject = Subject.objects.get(unlocks__token_hash=hash_key(token))
        if not subject.is_approved:
            raise LoginRefused("This person has not been approved.")
        emit(LoginAudited(subject=subject.id, outcome=LoginOutcome.UNLOCKED_LOCALLY))
        return open_session(subject, _mirrored_roles(subject.id))


def sign_out(session: Session) -> None:
    """End one session."""
    with transaction.atomic():
        Session.objects.filter(pk=session.pk).delete()
        emit(LoginAudited(subject=session.subject_id, outcome=LoginOutcome.SIGNED_OUT))


def make_code() -> str:
    """Return a short code to read out, such as `7KQX-M2RT`."""
    letters = "".join(secrets.choice(_CODE_ALPHABET) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"


def mirrored_people() -> Mapping[UUID, tuple[str, Role]]:
    """Return name and strongest role by subject over all mirrored projects."""
    people: dict[UUID, tuple[str, Role]] = {}
    for person in Person.objects.order_by("subject"):
        _, known = people.get(person.subject, ("", Role.ANNOTATOR))
        people[person.subject] = (person.name, strongest([known, Role(person.role)]))
    return people


def _burn(claims: LoginClaims) -> bool:
    BurnedToken.objects.filter(expires_at__lt=timezone.now() - timedelta(minutes=5)).delete()
    _, is_first_use = BurnedToken.objects.get_or_create(
        jti=claims.jti, defaults={"expires_at": datetime.fromtimestamp(claims.expires_at, UTC)}
    )
    return is_first_use


def _note_subject(claims: LoginClaims) -> Subject:
    asked = strongest(list(claims.roles.values()))
    subject, _ = Subject.objects.get_or_create(
        id=claims.subject, defaults={"name": claims.name, "code": make_code()}
    )
    subject.name, subject.asked_role, subject.simulated, subject.seen_at = (
        claims.name,
        asked.value,
        claims.simulated,
        timezone.now(),
    )
    subject.save(update_fields=["name", "asked_role", "simulated", "seen_at"])
    return subject


def _outcome(subject: Subject | None) -> LoginOutcome:
    if subject is None:
        return LoginOutcome.REFUSED
    return LoginOutcome.ADMITTED if subject.is_approved else LoginOutcome.WAITING_FOR_APPROVAL


def _mirrored_roles(subject_id: UUID) -> dict[str, Role]:
    people = Person.objects.filter(subject=subject_id)
    return {str(person.project_id): Role(person.role) for person in people}
