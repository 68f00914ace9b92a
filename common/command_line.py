"""What both planes' command lines share: errors as prose, exit codes by family."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from common.errors import AnnexError


def report(error: AnnexError) -> int:
    """Print what happened and what to do; return the exit code."""
    print(f"{error.title}: {error.detail}\n{error.advice}  [{error.code}]", file=sys.stderr)
    return error.exit_code


def run_reporting(command: Callable[[], None]) -> int:
    """Run a command; return 0, or the exit code of the error of ours that ended it."""
    try:
        command()
    except AnnexError as error:
        return report(error)
    return 0


def run_django(argv: Sequence[str]) -> int:
    """Run one Django management command."""
    from django.core.management import execute_from_command_line

    return run_reporting(lambda: execute_from_command_line(list(argv)))
