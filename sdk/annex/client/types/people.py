"""Organizations, people and their tokens."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from annex.client.types.base import Answer


class Organization(Answer):
    """An organization."""

    id: UUID
    slug: str
    name: str


class MyMembership(Answer):
    """One's place in one organization."""

    organization: Organization
    role: str


class Me(Answer):
    """Whoever the token acts for; `memberships` is the token's one organization."""

    id: UUID
    email: str
    name: str
    memberships: list[MyMembership]


class Member(Answer):
    """A person in the organization."""

    id: UUID
    name: str
    email: str
    role: str
    joined_at: datetime
    simulated: bool


class Invitation(Answer):
    """An invitation that is still open."""

    id: UUID
    email: str
    role: str
    invited_by: str
    expires_at: datetime
    state: str


class Token(Answer):
    """An API token, without its secret."""

    id: UUID
    name: str
    role: str
    prefix: str
    last_used_at: datetime | None
    expires_at: datetime | None = None


class NewToken(Token):
    """A token that was just made; nobody can read `secret` again."""

    secret: str


class Audit(Answer):
    """One act; `actor` is None for what a cluster did."""

    id: UUID
    at: datetime
    actor: str | None
    verb: str
    noun: str
    noun_id: UUID | None


class NewDeviceLogin(Answer):
    """A login that waits for a person, who types `user_code` at `verification_url`."""

    device_code: str
    user_code: str
    verification_url: str
    interval_seconds: int
    expires_in_seconds: int


class DeviceToken(Answer):
    """`state` is `waiting` or `approved`; then the token, and the organization it acts in."""

    state: str
    token: NewToken | None
    organization: Organization | None
