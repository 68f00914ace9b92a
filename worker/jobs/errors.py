"""How a recipe ends other than by returning."""

from __future__ import annotations

from annex.contract.enums import FailureCode


class JobFailure(Exception):
    """A recipe's own verdict that its job cannot succeed.

    Args:
        affected: how many inputs are concerned; crosses to the control plane.
        detail: one sentence for people on the cluster; it never leaves it.
    """

    def __init__(self, code: FailureCode, affected: int | None = None, detail: str = "") -> None:
        super().__init__(detail or code.value)
        self.code = code
        self.affected = affected
        self.detail = detail


class JobCancelled(Exception):
    """Somebody cancelled the job; raised where the recipe reports progress."""


class AttemptFenced(Exception):
    """Another run or a newer epoch owns this job now: write nothing more and leave."""
