"""Repeat a write safely: the same key and body get the same answer for 24 hours.

The record is made in the write's own transaction, so that a second request with the key waits for
the first, and a refused write leaves no record.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from controlplane.accounts.actors import Actor
from controlplane.audit.models import IdempotencyRecord
from controlplane.lib.errors import Conflict, InvalidRequest

HEADER = "Idempotency-Key"
REPLAYED_HEADER = "Idempotency-Replayed"
KEEP = timedelta(hours=24)
MAX_KEY_LENGTH = 200
NO_CONTENT = 204
WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class KeyReused(InvalidRequest):
    """The key was sent before with something else."""

    code = "idempotency.key_reused"
    status = 422
    title = "This Idempotency-Key was used for another request"
    what_to_do = "Use a new key for each new request."


class SecretNotRepeated(Conflict):
    """The first answer showed a secret, and secrets are shown once."""

    code = "idempotency.secret_not_repeated"
    title = "This request was already carried out, and its answer held a secret"
    what_to_do = "If the answer was lost, revoke what it made and make a new one with a new key."


def answer_once(
    request: Request, answer: Callable[[], Response], *, actor: Actor, shows_secret: bool
) -> Response:
    """Call `answer`, or return what it answered to the same key before.

    Args: shows_secret: then the answer is not kept, and a repeat is refused.
    Raises: KeyReused, SecretNotRepeated (customer).
    """
    key = request.headers.get(HEADER, "")
    if not key or request.method not in WRITES:
        return answer()
    if len(key) > MAX_KEY_LENGTH or not key.isprintable() or not key.isascii():
        raise InvalidRequest("The Idempotency-Key is too long or unprintable.", field=HEADER)
    record, is_new = _claim(actor, key, _digest(request))
    if not is_new:
        return _replay(record, _digest(request))
    response = answer()
    record.status = response.status_code
    record.body = None if shows_secret else _plain(response.data)
    record.save(update_fields=["status", "body"])
    return response


def _claim(actor: Actor, key: str, digest: str) -> tuple[IdempotencyRecord, bool]:
    IdempotencyRecord.objects.filter(created_at__lt=timezone.now() - KEEP).delete()
    actor_key = f"token:{actor.token.id}" if actor.token else f"user:{actor.user.id}"
    try:
        with transaction.atomic():
            record = IdempotencyRecord.objects.create(
                organization=actor.organization,
                actor_key=actor_key,
                key=key,
                request_digest=digest,
            )
    except IntegrityError:
        return IdempotencyRecord.objects.get(actor_key=actor_key, key=key), False
    return record, True


def _replay(record: IdempotencyRecord, digest: str) -> Response:
    if record.request_digest != digest:
        raise KeyReused(field=HEADER)
    if record.body is None and record.status != NO_CONTENT:
        raise SecretNotRepeated
    return Response(record.body, status=record.status, headers={REPLAYED_HEADER: "true"})


def _digest(request: Request) -> str:
    head = f"{request.method} {request.get_full_path()}\n".encode()
    return hashlib.sha256(head + request._request.body).hexdigest()


def _plain(data: Any) -> Any:
    """Return what JSON will hold: UUIDs and dates as strings."""
    return None if data is None else json.loads(JSONRenderer().render(data))
