"""Script tokens: made once, found by their hash, ended by their owner."""

from __future__ import annotations

import secrets
from datetime import timedelta
from uuid import UUID

from annex.contract.enums import LoginOutcome
from annex.contract.outbound import LoginAudited
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from common.errors import NotFound
from worker.link.outbox import emit
from worker.people.access_log import note_access
from worker.people.models import ScriptToken, Subject, What
from worker.people.scripts.policy import check_scripts_allowed
from worker.people.sessions import TOUCH_EVERY, hash_key

PREFIX = "anw_"
LIFE = timedelta(hours=12)
SCHEME = "bearer "


@transaction.atomic
def make_script_token(
    subject: Subject, *, laptop: str, actor: str = "", outcome: LoginOutcome
) -> tuple[ScriptToken, str]:
    """Make a token for a person's scripts and return its row with the secret.

    Args:    actor: user of this machine, when not the person let the laptop in.
    Raises:  ScriptsNotAllowed.
    Effects: the login is audited, a row in the access log, tokens that have run out are deleted.
    """
    # Whoever takes the approval back at this moment waits, and then finds the token.
    subject = Subject.objects.select_for_update().get(pk=subject.pk)
    check_scripts_allowed(subject)
    secret = PREFIX + secrets.token_urlsafe(32)
    ScriptToken.objects.filter(subject=subject, expires_at__lt=timezone.now()).delete()
    token = ScriptToken.objects.create(
        token_hash=hash_key(secret),
        subject=subject,
        laptop=laptop[:64],
        made_by=actor[:64],
        expires_at=timezone.now() + LIFE,
    )
    emit(LoginAudited(subject=subject.id, outcome=outcome))
    by = None if actor else subject.id
    note_access(What.SCRIPT_LET_IN, subject=by, actor=actor, noun=subject.id)
    return token, secret


def carried_token(request: HttpRequest) -> str | None:
    """Return the script token of a request, good or not; other credentials are not ours."""
    header = request.headers.get("Authorization", "")
    if header[: len(SCHEME)].lower() != SCHEME:
        return None
    secret = header[len(SCHEME) :].strip()
    return secret if secret.startswith(PREFIX) else None


def find_script_token(secret: str) -> ScriptToken | None:
    """Return the live token whose subject is still approved."""
    return (
        ScriptToken.objects.select_related("subject")
        .filter(token_hash=hash_key(secret), expires_at__gt=timezone.now())
        .filter(subject__approved_at__isnull=False)
        .first()
    )


def touch_script_token(token: ScriptToken) -> None:
    """Remember when it was last used, at most once a minute."""
    now = timezone.now()
    if token.used_at is None or now - token.used_at > TOUCH_EVERY:
        ScriptToken.objects.filter(pk=token.pk).update(used_at=now)


def tokens_of(subject_id: UUID) -> QuerySet[ScriptToken]:
    """Return the tokens that a person's scripts can still use, newest first."""
    live = ScriptToken.objects.filter(subject_id=subject_id, expires_at__gt=timezone.now())
    return live.order_by("-made_at", "id")


@transaction.atomic
def end_script_token(subject_id: UUID, token_id: UUID) -> None:
    """End one token of a person's own.

    Raises: NotFound.    Effects: audited as a sign-out; a row in the access log.
    """
    ended, _ = ScriptToken.objects.filter(subject_id=subject_id, id=token_id).delete()
    if not ended:
        raise NotFound
    emit(LoginAudited(subject=subject_id, outcome=LoginOutcome.SIGNED_OUT))
    note_access(What.SCRIPT_ENDED, subject=subject_id, noun=subject_id)
