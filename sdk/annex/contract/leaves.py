"""The leaf types that an outbound message may be made of.

A leaf is safe when no one can hide a sentence in it: enums, UUIDs, timestamps, booleans,
bounded numbers, semantic versions, keyed digests and slugs that an administrator wrote.
`annex.contract.walk` fails on any other leaf.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

MAX_COUNT = 2**53 - 1
MAX_LABELS = 512

Count = Annotated[int, Field(ge=0, le=MAX_COUNT)]
Epoch = Annotated[int, Field(ge=0, le=2**31 - 1)]
Sequence = Annotated[int, Field(ge=0, le=MAX_COUNT)]
Ratio = Annotated[float, Field(ge=0.0, le=1.0, allow_inf_nan=False)]
Difference = Annotated[float, Field(ge=-1.0, le=1.0, allow_inf_nan=False)]
"""One ratio less another."""

Rate = Annotated[float, Field(ge=0.0, le=1e9, allow_inf_nan=False)]
Seconds = Annotated[float, Field(ge=0.0, le=1e9, allow_inf_nan=False)]

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,31}$")]
"""A resource name that an administrator wrote in the cluster's static configuration."""

SemanticVersion = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,4}$")]
ProtocolDate = Annotated[str, StringConstraints(pattern=r"^20[0-9]{2}-[01][0-9]-[0-3][0-9]$")]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""SHA-256 of bytes already sent, or HMAC-SHA-256 under a cluster-local secret; lower-case hex."""

PublicKey = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{43}$")]
"""A raw Ed25519 public key, base64url without padding (the `x` of its JWK)."""

Signature = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{86}$")]
"""A raw Ed25519 signature, base64url without padding."""

JoinToken = Annotated[str, StringConstraints(pattern=r"^anj_[A-Za-z0-9_-]{32}$")]
"""24 random bytes the control plane itself minted, given back once."""

Timestamp = AwareDatetime

__all__ = [
    "MAX_COUNT",
    "MAX_LABELS",
    "UUID",
    "Count",
    "Difference",
    "Digest",
    "Epoch",
    "JoinToken",
    "Message",
    "ProtocolDate",
    "PublicKey",
    "Rate",
    "Ratio",
    "Seconds",
    "SemanticVersion",
    "Sequence",
    "Signature",
    "Slug",
    "Timestamp",
    "datetime",
]


class Message(BaseModel):
    """A wire message: immutable, and an unknown field is an error rather than a passenger."""

    model_config = ConfigDict(extra="forbid", frozen=True)
