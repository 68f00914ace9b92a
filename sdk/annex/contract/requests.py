"""Signed requests: one fixed profile of HTTP Message Signatures (RFC 9421), nothing negotiable.

Covered: method, request target, content digest (RFC 9530), session epoch and request number, with
`created`, `keyid` and `alg` as parameters. The header names are the same for every request.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from annex.contract.keys import (
    BadSignature,
    Purpose,
    SigningKey,
    check_signature,
    decode_base64url,
    encode_base64url,
)

MAX_SKEW_SECONDS = 300
REPLAY_WINDOW = 62
"""How many numbers below the highest are still told apart: the bits of a signed 64-bit column."""

HEADER_NAMES = (
    "content-digest",
    "annex-session",
    "annex-request",
    "signature-input",
    "signature",
)
_COVERED = '("@method" "@request-target" "content-digest" "annex-session" "annex-request")'
_PARAMETERS = re.compile(
    re.escape(f"annex={_COVERED}")
    + r';created=([0-9]{1,12});keyid="([A-Za-z0-9_-]{43})";alg="ed25519"'
)
_SIGNATURE = re.compile(r"annex=:([A-Za-z0-9+/]{86}==):")
_NUMBER = re.compile(r"[0-9]{1,15}")


@dataclass(frozen=True)
class RequestStamp:
    """What a signature says about a request besides its bytes.

    created: seconds since 1970 on the control plane's clock. session: epoch. number: grows by
    one with each request of a session.
    """

    created: int
    key_id: str
    session: int
    number: int


def sign_request(
    key: SigningKey, method: str, target: str, body: bytes, stamp: RequestStamp
) -> dict[str, str]:
    """Return the headers to send along.

    Args: target: path and query as they stand in the request line.
    """
    base = _signature_base(method, target, content_digest(body), stamp)
    signature = base64.b64encode(decode_base64url(key.sign(Purpose.REQUEST, base))).decode()
    return {
        "content-digest": content_digest(body),
        "annex-session": str(stamp.session),
        "annex-request": str(stamp.number),
        "signature-input": f"annex={_parameters(stamp)}",
        "signature": f"annex=:{signature}:",
    }


def read_stamp(headers: Mapping[str, str]) -> RequestStamp:
    """Read the stamp without believing it: the key id is needed to look the key up.

    Raises: BadSignature when a header is missing or not in our one form.
    """
    parameters = _PARAMETERS.fullmatch(headers.get("signature-input", ""))
    session = headers.get("annex-session", "")
    number = headers.get("annex-request", "")
    if not (parameters and _NUMBER.fullmatch(session) and _NUMBER.fullmatch(number)):
        raise BadSignature
    return RequestStamp(int(parameters[1]), parameters[2], int(session), int(number))


def check_request(
    public_key: str, method: str, target: str, body: bytes, headers: Mapping[str, str]
) -> RequestStamp:
    """Return the stamp of a request that this key has signed. Raises: BadSignature."""
    stamp = read_stamp(headers)
    signature = _SIGNATURE.fullmatch(headers.get("signature", ""))
    if signature is None or headers.get("content-digest") != content_digest(body):
        raise BadSignature
    base = _signature_base(method, target, content_digest(body), stamp)
    raw = encode_base64url(base64.b64decode(signature[1] + "=="))
    check_signature(public_key, Purpose.REQUEST, base, raw)
    return stamp


def content_digest(body: bytes) -> str:
    """Return the body's digest as RFC 9530 writes it."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


@dataclass(frozen=True)
class ReplayWindow:
    """Which request numbers of a session have been seen: the highest, and bits for those below."""

    highest: int = 0
    bits: int = 0

    def admit(self, number: int) -> ReplayWindow | None:
        """Return the window after `number`, or None when it was seen or is too old to tell."""
        if number > self.highest:
            shift = number - self.highest
            kept = (self.bits << shift) | (1 << (shift - 1)) if shift <= REPLAY_WINDOW else 0
            return ReplayWindow(number, kept & ((1 << REPLAY_WINDOW) - 1))
        bit = self.highest - number - 1
        if bit < 0 or bit >= REPLAY_WINDOW or self.bits >> bit & 1:
            return None
        return ReplayWindow(self.highest, self.bits | 1 << bit)


def _parameters(stamp: RequestStamp) -> str:
    return f'{_COVERED};created={stamp.created};keyid="{stamp.key_id}";alg="ed25519"'


def _signature_base(method: str, target: str, digest: str, stamp: RequestStamp) -> bytes:
    lines = [
        f'"@method": {method}',
        f'"@request-target": {target}',
        f'"content-digest": {digest}',
        f'"annex-session": {stamp.session}',
        f'"annex-request": {stamp.number}',
        f'"@signature-params": {_parameters(stamp)}',
    ]
    return "\n".join(lines).encode()
