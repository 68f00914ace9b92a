"""Ed25519 keys and signatures as they stand on the wire: raw bytes, base64url without padding.

Every signature names what it is for (`Purpose`), so that one made for a receipt can never pass
for a command.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from joserfc.jwk import OKPKey

from annex.contract.canonical import sha256_hex


class Purpose(StrEnum):
    """What a signature is for; it is the first line of the signed bytes."""

    ENROL = "annex-enrol.v1"
    REQUEST = "annex-request.v1"
    COMMAND = "annex-command.v1"
    RECEIPT = "annex-receipt.v1"
    KEY_SET = "annex-keys.v1"
    LEDGER = "annex-ledger.v1"


class BadSignature(Exception):
    """A signature does not belong to these bytes and this key."""


def encode_base64url(data: bytes) -> str:
    """Return `data` in base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode_base64url(text: str) -> bytes:
    """Raises: BadSignature when the text is not base64url."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadSignature from error


@dataclass(frozen=True)
class SigningKey:
    """A private key that stays in the process which made or read it."""

    private: Ed25519PrivateKey

    @classmethod
    def generate(cls) -> SigningKey:
        """Make a new key."""
        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def from_bytes(cls, raw: bytes) -> SigningKey:
        """Read 32 raw private bytes."""
        return cls(Ed25519PrivateKey.from_private_bytes(raw))

    def to_bytes(self) -> bytes:
        """Return the 32 raw private bytes, for the file that keeps them."""
        return self.private.private_bytes_raw()

    @cached_property
    def public_key(self) -> str:
        """The contract's `PublicKey`."""
        return encode_base64url(self.private.public_key().public_bytes_raw())

    @cached_property
    def key_id(self) -> str:
        """The thumbprint of the public key."""
        return key_id(self.public_key)

    def sign(self, purpose: Purpose, message: bytes) -> str:
        """Return the contract's `Signature` over the purpose and the message."""
        return encode_base64url(self.private.sign(_signed_bytes(purpose, message)))

    def to_jwk(self) -> OKPKey:
        """Return the private key for joserfc, which signs people's login tokens with it."""
        return OKPKey.import_key(
            public_jwk(self.public_key) | {"d": encode_base64url(self.to_bytes())}
        )


def check_signature(public_key: str, purpose: Purpose, message: bytes, signature: str) -> None:
    """Raises: BadSignature."""
    try:
        key = Ed25519PublicKey.from_public_bytes(decode_base64url(public_key))
        key.verify(decode_base64url(signature), _signed_bytes(purpose, message))
    except (InvalidSignature, ValueError) as error:
        raise BadSignature from error


def public_jwk(public_key: str) -> dict[str, str | list[str]]:
    """Return the public key as a JWK (RFC 8037)."""
    return {"kty": "OKP", "crv": "Ed25519", "x": public_key}


def key_id(public_key: str) -> str:
    """Return the JWK thumbprint (RFC 7638) that names this key, 43 characters."""
    return str(OKPKey.import_key(public_jwk(public_key)).thumbprint())


def fingerprint(public_key: str) -> str:
    """Return the 128 bits that people compare on two screens: eight groups of four hex digits."""
    digits = sha256_hex(decode_base64url(public_key))[:32]
    return "-".join(digits[at : at + 4] for at in range(0, 32, 4))


def _signed_bytes(purpose: Purpose, message: bytes) -> bytes:
    return purpose.value.encode() + b"\n" + message
