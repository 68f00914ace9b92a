"""The base of every error a person or a caller may see.

An error has a stable dotted `code`, a `family` that says whose fault it is, and prose that says
what happened and what to do. Retries, alerts and exit codes follow the family.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Any, ClassVar

CODE_PATTERN = re.compile(r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$")


class Family(StrEnum):
    """Whose fault an error is."""

    CUSTOMER = "customer"
    """The caller can fix it: do not retry, do not alert."""
    OURS = "ours"
    """A defect of Annex: alert, do not retry."""
    TRANSIENT = "transient"
    """It passes by itself: retry with backoff."""


EXIT_CODES: dict[Family, int] = {Family.CUSTOMER: 2, Family.OURS: 70, Family.TRANSIENT: 75}
"""Exit codes of the command lines; 70 and 75 are EX_SOFTWARE and EX_TEMPFAIL of sysexits.h."""


class AnnexError(Exception):
    """Base of all our errors. Subclasses set the class attributes and nothing else.

    Args:
        detail: what happened this time, one sentence. On the control plane and in anything sent
            to it, it must not contain customer text.
        what_to_do: replaces the class's advice when this case knows better.
        field: path of the input that is wrong, such as `labels[2].name`.
        line: 1-based line of a file that is wrong.
        errors: further wrong fields, each `{"field": path, "message": sentence}`.
    """

    code: ClassVar[str] = "internal.error"
    family: ClassVar[Family] = Family.OURS
    status: ClassVar[int] = 500
    title: ClassVar[str] = "Something went wrong on our side"
    what_to_do: ClassVar[str] = "Try again; if it happens again, report the code and the time."

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if not CODE_PATTERN.match(cls.code):
            raise TypeError(f"{cls.__name__}.code must be dotted and lower case")

    def __init__(
        self,
        detail: str = "",
        *,
        what_to_do: str | None = None,
        field: str | None = None,
        line: int | None = None,
        errors: list[dict[str, str]] | None = None,
    ) -> None:
        super().__init__(detail or self.title)
        self.detail = detail or self.title
        self.advice = what_to_do or self.what_to_do
        self.field = field
        self.line = line
        self.errors = errors or ([{"field": field, "message": self.detail}] if field else [])

    def extra(self) -> dict[str, Any]:
        """Return further members of the problem document; subclasses override it."""
        return {}

    def to_problem(self) -> dict[str, Any]:
        """Return the RFC 9457 problem document as a dictionary that JSON can hold."""
        problem: dict[str, Any] = {
            "type": f"urn:annex:problem:{self.code}",
            "code": self.code,
            "family": self.family.value,
            "status": self.status,
            "title": self.title,
            "detail": self.detail,
            "what_to_do": self.advice,
            "errors": self.errors,
        }
        optional = {"field": self.field, "line": self.line}
        problem.update({name: value for name, value in optional.items() if value is not None})
        return problem | self.extra()

    @property
    def exit_code(self) -> int:
        """The exit status of a command line that ends with this error."""
        return EXIT_CODES[self.family]


class InvalidRequest(AnnexError):
    """What was sent does not have the expected shape or values."""

    code = "request.invalid"
    family = Family.CUSTOMER
    status = 400
    title = "Some of what was sent is not valid"
    what_to_do = "Correct the fields listed under errors and send it again."


class Unauthenticated(AnnexError):
    """Nobody is signed in, or the credentials are wrong."""

    code = "request.unauthenticated"
    family = Family.CUSTOMER
    status = 401
    title = "You are not signed in"
    what_to_do = "Sign in, or send a valid token."


class Forbidden(AnnexError):
    """The person is known and may see the thing, but may not do this to it."""

    code = "request.forbidden"
    family = Family.CUSTOMER
    status = 403
    title = "Your role does not allow this"
    what_to_do = "Ask an owner or admin of the organization to do it or to raise your role."


class NotFound(AnnexError):
    """Missing and forbidden look alike on purpose."""

    code = "resource.not_found"
    family = Family.CUSTOMER
    status = 404
    title = "There is nothing here that you can see"
    what_to_do = "Check the address, and that you are a member of the project it belongs to."


class Conflict(AnnexError):
    """The thing has changed, or is in a state in which this cannot be done."""

    code = "resource.conflict"
    family = Family.CUSTOMER
    status = 409
    title = "This cannot be done in the present state"
    what_to_do = "Load the page again and look at the present state."


class TooManyRequests(AnnexError):
    """The caller is over a limit of requests."""

    code = "request.throttled"
    family = Family.TRANSIENT
    status = 429
    title = "Too many requests"
    what_to_do = "Wait as long as the Retry-After header says."


class Unavailable(AnnexError):
    """Something we depend on does not answer at the moment."""

    code = "service.unavailable"
    family = Family.TRANSIENT
    status = 503
    title = "The service is not available at the moment"
    what_to_do = "Try again in a few seconds."


def known_errors(base: type[AnnexError] = AnnexError) -> Iterator[type[AnnexError]]:
    """Yield every error class that has been imported, the base included."""
    yield base
    for child in base.__subclasses__():
        yield from known_errors(child)
