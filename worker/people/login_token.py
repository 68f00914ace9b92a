"""Check the control plane's login token, offline, against the pinned key.

Source: docs/protocol.md section 7, steps 2 and 3.
"""

from __future__ import annotations

import hmac
import time
from dataclasses import dataclass
from uuid import UUID

from annex.contract.enums import Role
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from worker.people.errors import LoginRefused
from worker.people.roles import read_roles

TYPE = "annex-login+jwt"
ALGORITHM = "Ed25519"
LIFE_SECONDS = 60
LEEWAY_SECONDS = 5


@dataclass(frozen=True)
class Expected:
    """What a token must say to be for this browser, on this cluster, now.

    `public_key` is the pinned raw Ed25519 key, base64url; `clock_offset_seconds` is the control
    plane's clock minus ours.
    """

    cluster: UUID
    origin: str
    nonce: str
    key_id: str
    public_key: str
    clock_offset_seconds: float = 0.0


@dataclass(frozen=True)
class LoginClaims:
    """A token that has passed every check; `roles` are by project id."""

    subject: UUID
    name: str
    roles: dict[str, Role]
    simulated: bool
    jti: UUID
    expires_at: int


def check_login_token(raw: str, expected: Expected) -> LoginClaims:
    """Return the claims of a token that is genuine, fresh and meant for this browser.

    Raises: LoginRefused; the sentence names the check, never the token's content.
    """
    header, claims = _verify(raw, expected)
    if header.get("typ") != TYPE or header.get("kid") != expected.key_id:
        raise LoginRefused("The token is not a login token of the pinned key.")
    _check_audience(claims, expected)
    _check_times(claims, expected.clock_offset_seconds)
    try:
        return _read_claims(claims)
    except (KeyError, ValueError, TypeError):
        raise LoginRefused("The token's claims are not readable.") from None


def _verify(raw: str, expected: Expected) -> tuple[dict[str, object], dict[str, object]]:
    key = OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": expected.public_key})
    try:
        token = jwt.decode(raw, key, algorithms=[ALGORITHM])
    except (JoseError, ValueError):
        raise LoginRefused("The token's signature does not stand.") from None
    return dict(token.header), dict(token.claims)


def _check_audience(claims: dict[str, object], expected: Expected) -> None:
    if claims.get("aud") != str(expected.cluster):
        raise LoginRefused("The token is for another cluster.")
    if claims.get("azp") != expected.origin:
        raise LoginRefused("The token is for another origin.")
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), expected.nonce.encode()):
        raise LoginRefused("The token belongs to another sign-in.")


def _check_times(claims: dict[str, object], offset_seconds: float) -> None:
    issued, expires = claims.get("iat"), claims.get("exp")
    if not isinstance(issued, int) or not isinstance(expires, int):
        raise LoginRefused("The token has no times.")
    now = time.time() + offset_seconds
    if not 0 < expires - issued <= LIFE_SECONDS:
        raise LoginRefused("The token lives longer than a login token may.")
    if not issued - LEEWAY_SECONDS <= now <= expires + LEEWAY_SECONDS:
        raise LoginRefused("The token has expired, or the clocks disagree.")


def _read_claims(claims: dict[str, object]) -> LoginClaims:
    return LoginClaims(
        subject=UUID(str(claims["sub"])),
        name=str(claims["name"])[:200],
        roles=read_roles(claims["roles"]),
        simulated=claims.get("simulated") is True,
        jti=UUID(str(claims["jti"])),
        expires_at=int(str(claims["exp"])),
    )
