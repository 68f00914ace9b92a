"""Writes: admit, approve, unlock, revoke. Each one transaction, each login with its audit event."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from annex.contract.enums import LoginOutcome, Role
from annex.contract.outbound import LoginAudited
from django.db import transaction
from django.utils import timezone

from worker.link.outbox import emit
from worker.people.access_log import note_access
from worker.people.errors import ApprovalMissing, LoginRefused, LoginTurnedDown
from worker.people.login_token import LoginClaims
from worker.people.models import BurnedToken, Session, Subject, Unlock, What
from worker.people.roles import strongest
from worker.people.sessions import end_sessions, hash_key, open_session
from worker.projects.models import Person

UNLOCK_LIFE = timedelta(minutes=10)
# Without letters and digits that are read for one another over the phone.
_CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_DECIDED = ["approved_role", "approved_at", "approved_by", "refused_at", "refused_by"]


def admit(claims: LoginClaims) -> tuple[Session, str]:
    """Turn checked claims into a session, if the second key is there.

    Returns: the session and the key for its cookie.
    Raises: LoginRefused when the token was used before; ApprovalMissing with the person's code;
            LoginTurnedDown when an administrator has refused or revoked the person.
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
    if subject.refused_at is not None:
        raise LoginTurnedDown()
    raise ApprovalMissing(subject.code)


@dataclass(frozen=True)
class Decider:
    """Who decides about a person: an administrator in the browser, or a user of this machine."""

    name: str
    subject: UUID | None = None

    def note(self, what: What, noun: UUID, detail: str = "") -> None:
        """Write the decision to the access log."""
        actor = "" if self.subject else self.name
        note_access(what, subject=self.subject, actor=actor, noun=noun, detail=detail)


@transaction.atomic
def approve_subject(subject_id: UUID, *, name: str, role: Role, by: Decider) -> Subject:
    """Turn the second key for a subject, seen before or not, up to a role.

    Effects: a row in the access log.
    """
    subject, _ = Subject.objects.get_or_create(
        id=subject_id, defaults={"name": name, "code": make_code(), "asked_role": role.value}
    )
    subject.approved_role, subject.approved_at = role.value, timezone.now()
    subject.approved_by, subject.refused_at, subject.refused_by = by.name[:64], None, ""
    subject.save(update_fields=_DECIDED)
    by.note(What.PERSON_APPROVED, subject.id, role.value)
    return subject


def approve_everyone(*, by: Decider) -> list[Subject]:
    """Approve each person of the mirrored projects at the role they have now; the demo's way."""
    return [
        approve_subject(subject_id, name=name, role=role, by=by)
        for subject_id, (name, role) in mirrored_people().items()
    ]


@transaction.atomic
def refuse_subject(subject: Subject, *, by: Decider) -> int:
    """Turn a person down, or take the second key back; return how many sessions that ended.

    Effects: sessions and local logins end at once; later logins are refused until an approval;
             a row in the access log.
    """
    what = What.PERSON_REVOKED if subject.is_approved else What.PERSON_REFUSED
    subject.approved_role, subject.approved_at, subject.approved_by = "", None, ""
    subject.refused_at, subject.refused_by = timezone.now(), by.name[:64]
    subject.save(update_fields=_DECIDED)
    Unlock.objects.filter(subject=subject, used_at=None).delete()
    by.note(what, subject.id)
    return end_sessions(subject.pk)


@transaction.atomic
def make_unlock(subject: Subject, *, by: Decider) -> str:
    """Make a one-time local login for an approved subject and return its secret.

    Effects: a row in the access log.

    Raises: LoginRefused when the subject is not approved.
    """
    if not subject.is_approved:
        raise LoginRefused("This person has not been approved.", what_to_do="Approve them first.")
    token = secrets.token_urlsafe(32)
    Unlock.objects.create(
        token_hash=hash_key(token),
        subject=subject,
        made_by=by.name[:64],
        expires_at=timezone.now() + UNLOCK_LIFE,
    )
    by.note(What.PERSON_UNLOCKED, subject.id)
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


def sign_out_everywhere(session: Session) -> int:
    """End all that the person is signed in with, browsers and scripts; return how many.

    Effects: audited once; a row in the access log.
    """
    with transaction.atomic():
        ended = end_sessions(session.subject_id)
        emit(LoginAudited(subject=session.subject_id, outcome=LoginOutcome.SIGNED_OUT))
        subject = session.subject_id
        note_access(What.SCRIPT_ENDED, subject=subject, noun=subject, count=ended)
    return ended


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
    if subject.is_approved:
        return LoginOutcome.ADMITTED
    return LoginOutcome.REFUSED if subject.refused_at else LoginOutcome.WAITING_FOR_APPROVAL


def _mirrored_roles(subject_id: UUID) -> dict[str, Role]:
    people = Person.objects.filter(subject=subject_id)
    return {str(person.project_id): Role(person.role) for person in people}
