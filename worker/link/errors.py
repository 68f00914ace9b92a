"""What may go wrong on the line, by what the loops do about it."""

from __future__ import annotations

from typing import Any

from common.errors import AnnexError, Family


class LinkInterrupted(AnnexError):
    """The control plane cannot be reached, or a proxy answered in its place; tried again."""

    code = "link.interrupted"
    family = Family.TRANSIENT
    status = 503
    title = "The control plane cannot be reached at the moment"
    what_to_do = "Nothing: the link tries again, and annotation goes on meanwhile."

    def __init__(self, detail: str = "", *, retry_after_seconds: float | None = None) -> None:
        super().__init__(detail)
        self.retry_after_seconds = retry_after_seconds


class LinkRefused(AnnexError):
    """The control plane answered with a problem document; `problem_code` says which."""

    code = "link.refused"
    family = Family.CUSTOMER
    status = 409
    title = "The control plane refused a request"

    def __init__(
        self, problem: dict[str, Any], *, retry_after_seconds: float | None = None
    ) -> None:
        self.problem_code = str(problem.get("code", ""))
        self.problem = problem
        self.retry_after_seconds = retry_after_seconds
        told = f"{problem.get('title', self.title)} ({self.problem_code})"
        super().__init__(told, what_to_do=str(problem.get("what_to_do") or self.what_to_do))

    @property
    def passes(self) -> bool:
        """Whether trying again may help."""
        return self.problem.get("family") == Family.TRANSIENT.value


class SessionEnded(AnnexError):
    """A newer link has taken over, or the cluster was removed: this one exits."""

    code = "link.session_ended"
    family = Family.TRANSIENT
    status = 409
    title = "Another link has taken over"
    what_to_do = "Run one link per cluster."


class LineIsCut(AnnexError):
    """Somebody on the cluster has cut the line; nothing is written to the ledger, nothing sent."""

    code = "link.cut"
    family = Family.CUSTOMER
    status = 409
    title = "The line to the control plane is cut"
    what_to_do = "Restore it on the Line page, or with `python -m worker link restore`."


class LinkDisabled(AnnexError):
    """The environment says that this cluster talks to nobody."""

    code = "link.disabled"
    family = Family.CUSTOMER
    status = 409
    title = "The link is switched off"
    what_to_do = "Set ANNEX_LINK_ENABLED to true to let this cluster talk to its control plane."
