"""How the OpenAPI document describes the session."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension

from worker.people.sessions import COOKIE


class ScriptScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """A script's token, where an operation is open to scripts."""

    target_class = "worker.people.scripts.authentication.ScriptAuthentication"
    name = "script"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """Return the security scheme object."""
        return {"type": "http", "scheme": "bearer", "bearerFormat": "anw_…"}


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """The session cookie; writes also carry `X-CSRF-Token` from `/api/session`."""

    target_class = "worker.people.authentication.SessionAuthentication"
    match_subclasses = True
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """Return the security scheme object."""
        return {"type": "apiKey", "in": "cookie", "name": COOKIE}
