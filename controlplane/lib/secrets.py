"""Secrets that are shown once and stored as digests."""

from __future__ import annotations

import hashlib
import secrets

SECRET_BYTES = 24


def mint_secret(prefix: str) -> str:
    """Return `prefix` and 24 random bytes in base64url: 192 bits, so a plain digest suffices."""
    return prefix + secrets.token_urlsafe(SECRET_BYTES)


def digest_secret(secret: str) -> str:
    """Return the hexadecimal SHA-256 under which a secret is stored."""
    return hashlib.sha256(secret.encode()).hexdigest()
