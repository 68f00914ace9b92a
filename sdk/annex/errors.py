"""What can go wrong when a script talks to Annex. Light: importing it imports no library.

Every error says whose fault it is (`family`), under which stable `code`, and what to do about it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from annex.contract.enums import Family


@dataclass(frozen=True)
class FieldError:
    """One wrong field of what was sent; `field` is a path such as `labels[2].name`."""

    field: str
    message: str


class AnnexError(Exception):
    """Base of every error of this package.

    Args:
        detail: what happened this time, one sentence; without it the title.
        what_to_do: replaces the class's advice when this case knows better.
        errors: the fields that are wrong, if any.
    """

    code: str = "internal.error"
    family: Family = Family.OURS
    title: str = "Something went wrong on our side"
    what_to_do: str = "Try again; if it happens again, report the code and the time."
    status: int | None = None
    """The HTTP status of the answer; None for what no server said."""

    def __init__(
        self, detail: str = "", *, what_to_do: str = "", errors: Sequence[FieldError] = ()
    ) -> None:
        super().__init__(detail or self.title)
        self.detail = detail or self.title
        self.what_to_do = what_to_do or self.what_to_do
        self.errors = tuple(errors)


class Unreachable(AnnexError):
    """Nobody answered, or something between here and there did."""

    code = "client.unreachable"
    family = Family.TRANSIENT
    title = "Annex could not be reached"
    what_to_do = "Check the address and your network, then try again."


class UnexpectedAnswer(AnnexError):
    """The answer is not what this version of the package expects."""

    code = "client.unexpected_answer"
    title = "The answer could not be understood"
    what_to_do = "Upgrade with `pip install --upgrade annex`; if it happens again, report it."


class BadInput(AnnexError):
    """What was typed or passed cannot mean anything here."""

    code = "client.bad_input"
    family = Family.CUSTOMER
    title = "This cannot be done as it was asked"
    what_to_do = "Correct it and try again."


class Problem(AnnexError):
    """A refusal of the API; the attributes are those of its problem document.

    `retry_after_seconds` is what the answer asked for, if it did.
    """

    classes: ClassVar[dict[int, type[Problem]]] = {}

    def __init__(
        self, document: Mapping[str, Any], *, status: int, retry_after_seconds: float | None = None
    ) -> None:
        self.code = str(document["code"])
        self.family = Family(document["family"])
        self.title = str(document["title"])
        self.status = status
        self.retry_after_seconds = retry_after_seconds
        self.document = dict(document)
        fields = [FieldError(row["field"], row["message"]) for row in document.get("errors", ())]
        super().__init__(
            str(document.get("detail", "")),
            what_to_do=str(document.get("what_to_do", "")),
            errors=fields,
        )

    @staticmethod
    def of(
        document: Mapping[str, Any], *, status: int, retry_after_seconds: float | None = None
    ) -> Problem:
        """Return the error of the class that belongs to the status.

        Raises: KeyError, TypeError or ValueError for what is no problem document.
        """
        kind = Problem.classes.get(status, Problem)
        return kind(document, status=status, retry_after_seconds=retry_after_seconds)


class NotSignedIn(Problem):
    """401: no token, or one that is unknown, expired or revoked."""


class Forbidden(Problem):
    """403: the role does not allow it."""


class NotFound(Problem):
    """404: missing, or not visible to this token."""


class Conflict(Problem):
    """409: the thing is in a state in which this cannot be done."""


Problem.classes.update({401: NotSignedIn, 403: Forbidden, 404: NotFound, 409: Conflict})


class SignInFirst(AnnexError):
    """No token is known on this machine for the address."""

    code = "client.sign_in_first"
    family = Family.CUSTOMER
    status = 401
    title = "You are not signed in"
    what_to_do = "Run `annex login`, or set ANNEX_HOST and ANNEX_TOKEN."


class NoneOfThatName(AnnexError):
    """A name was given where an id may stand, and nothing visible carries it."""

    code = "client.no_such_name"
    family = Family.CUSTOMER
    status = 404
    title = "There is nothing of that name"
    what_to_do = "List what there is, then give its name or id."


class JobEnded(AnnexError):
    """A job that was waited for has failed or was cancelled."""

    code = "client.job_ended"
    family = Family.CUSTOMER
    title = "The job did not succeed"
    what_to_do = "Look at why, then start it again."


class CheckFailed(AnnexError):
    """Something that `annex check` was to check is not so."""

    code = "client.check_failed"
    family = Family.CUSTOMER
    title = "A check has failed"
    what_to_do = "Look at what was found; mend the predictor, or what is asked of it."


class RecipeAtFault(AnnexError):
    """A recipe of one's own failed, or its stream does not keep its word."""

    code = "recipe.failed"
    family = Family.CUSTOMER
    title = "The recipe is at fault"
    what_to_do = "Mend it and try again."
