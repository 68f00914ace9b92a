"""Encrypting the secrets of projects at rest, with a key that is derived from the worker's own."""

from __future__ import annotations

import os
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE_BYTES: Final = 12
KEY_BYTES: Final = 32
PURPOSE: Final = b"annex worker: secrets of projects, 1"


class Unsealable(Exception):
    """The worker's key is another than that which the value was sealed with."""


def seal(value: str, *, project_id: UUID, secret_id: UUID) -> bytes:
    """Encrypt a value so that it opens for this secret of this project alone."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + _cipher().encrypt(nonce, value.encode(), _place(project_id, secret_id))


def unseal(sealed: bytes, *, project_id: UUID, secret_id: UUID) -> str:
    """Return the value. Raises: Unsealable."""
    nonce, rest = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    try:
        return _cipher().decrypt(nonce, rest, _place(project_id, secret_id)).decode()
    except InvalidTag:
        raise Unsealable from None


def _cipher() -> AESGCM:
    derive = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=PURPOSE)
    return AESGCM(derive.derive(settings.SECRET_KEY.encode()))


def _place(project_id: UUID, secret_id: UUID) -> bytes:
    return project_id.bytes + secret_id.bytes
