"""Refusals of the small server, as problem documents of the shape that a cluster sends."""

from __future__ import annotations

from typing import Any


class Problem(Exception):
    """One refusal: a stable code, whose fault it is, and what to do (RFC 9457)."""

    def __init__(
        self,
        status: int,
        code: str,
        title: str,
        detail: str = "",
        what_to_do: str = "",
        **extra: Any,
    ) -> None:
        super().__init__(detail or title)
        self.status = status
        family = "transient" if status >= 500 else "customer"  # noqa: PLR2004 - HTTP's own border
        self.document: dict[str, Any] = {
            "type": f"urn:annex:problem:{code}",
            "code": code,
            "family": family,
            "status": status,
            "title": title,
            "detail": detail or title,
            "what_to_do": what_to_do,
            "errors": [],
            **extra,
        }


def not_found() -> Problem:
    """Return the refusal of what is not here."""
    return Problem(404, "resource.not_found", "There is nothing here that you can see")


def failed() -> Problem:
    """Return the answer while the recipe is at fault: the app keeps what it has and tries again."""
    return Problem(503, "recipe.failed", "The recipe failed", what_to_do="Mend it and save.")
