"""What the exit status of `annex` says. docs/cli.md shows this table."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from annex.contract.enums import Family
from annex.errors import AnnexError, CheckFailed, JobEnded, RecipeAtFault


class ExitCode(IntEnum):
    """The exit statuses."""

    OK = 0
    RECIPE_AT_FAULT = 1
    CHECK_FAILED = 1
    USAGE = 2
    NOT_SIGNED_IN = 3
    NOT_ALLOWED = 4
    CONFLICT = 5
    UNREACHABLE = 6
    OURS = 7
    JOB_FAILED = 8
    INTERRUPTED = 130


MEANINGS: Final[dict[ExitCode, str]] = {
    ExitCode.OK: "done; with `--wait`, the job succeeded",
    ExitCode.RECIPE_AT_FAULT: "`annex recipes test`: a recipe failed; `annex check`: a check did",
    ExitCode.USAGE: "what was asked is not valid: correct it",
    ExitCode.NOT_SIGNED_IN: "not signed in, or the token is expired or revoked",
    ExitCode.NOT_ALLOWED: "your role does not allow it, or there is nothing there that you can see",
    ExitCode.CONFLICT: "the thing is in a state in which this cannot be done",
    ExitCode.UNREACHABLE: "the network or the service did not answer: try again later",
    ExitCode.OURS: "a defect of Annex: report the code and the reference",
    ExitCode.JOB_FAILED: "the job that was waited for failed or was cancelled",
    ExitCode.INTERRUPTED: "stopped by Ctrl-C, or nobody reads the output any more",
}

BY_STATUS: Final[dict[int | None, ExitCode]] = {
    401: ExitCode.NOT_SIGNED_IN,
    403: ExitCode.NOT_ALLOWED,
    404: ExitCode.NOT_ALLOWED,
    409: ExitCode.CONFLICT,
}
BY_FAMILY: Final[dict[Family, ExitCode]] = {
    Family.CUSTOMER: ExitCode.USAGE,
    Family.TRANSIENT: ExitCode.UNREACHABLE,
    Family.OURS: ExitCode.OURS,
}


def exit_code_of(error: AnnexError) -> ExitCode:
    """Return the exit status of a command that ends with this error."""
    if isinstance(error, JobEnded):
        return ExitCode.JOB_FAILED
    if isinstance(error, RecipeAtFault | CheckFailed):
        return ExitCode.RECIPE_AT_FAULT
    return BY_STATUS.get(error.status) or BY_FAMILY[error.family]
