"""Who sends a request: a signed-in person, or a script with an API token."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated
from rest_framework.request import Request

from controlplane.accounts.actors import Actor
from controlplane.accounts.models import ApiToken, User
from controlplane.accounts.tokens import SECRET_PREFIX, actor_of_token, note_use
from controlplane.lib.lookups import api_token_by_digest
from controlplane.lib.secrets import digest_secret
from controlplane.lib.tenancy import tenant

SCHEME = "Bearer"


@dataclass(frozen=True)
class TokenCredential:
    """What `request.auth` holds when an API token was sent."""

    actor: Actor


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer anx_…`; the token alone decides the organization."""

    def authenticate(self, request: Request) -> tuple[User, TokenCredential] | None:
        """Return (maker of the token, credential), or None without a bearer token.

        Raises: AuthenticationFailed for a token that is unknown, expired or revoked.
        """
        scheme, _, secret = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        if scheme.lower() != SCHEME.lower():
            return None
        actor = _actor_of_secret(secret.strip())
        if actor is None:
            raise AuthenticationFailed
        return actor.user, TokenCredential(actor)

    def authenticate_header(self, request: Request) -> str:
        """Name the scheme of the 401."""
        return SCHEME


def _actor_of_secret(secret: str) -> Actor | None:
    found = api_token_by_digest(digest_secret(secret)) if secret.startswith(SECRET_PREFIX) else None
    if found is None:
        return None
    organization_id, token_id = found
    with tenant(organization_id):
        token = (
            ApiToken.objects.select_related("organization", "made_by").filter(pk=token_id).first()
        )

        if token is None:
            return None
        note_use(token)
        return actor_of_token(token)


def person_of(request: Request) -> User:
    """Return the signed-in person, or the maker of the token. Raises: NotAuthenticated."""
    if not isinstance(request.user, User):
        raise NotAuthenticated
    return request.user


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """Describes the token in the OpenAPI document."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """Return the scheme's object of the document."""
        return {"type": "http", "scheme": "bearer", "bearerFormat": "anx_…"}


AUTHENTICATION = (TokenAuthentication, SessionAuthentication)
"""Token first: its header makes the answer to nobody a 401."""
