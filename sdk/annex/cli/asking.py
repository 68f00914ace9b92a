"""Questions before what cannot be undone."""

from __future__ import annotations

import sys

import typer

from annex.errors import BadInput


def ask_first(question: str, *, sure: bool) -> None:
    """Go on only if the person says yes. Raises: BadInput without a terminal and `--yes`."""
    if sure:
        return
    if not sys.stdin.isatty():
        raise BadInput(f"{question} Nobody is there to answer.", what_to_do="Add --yes.")
    typer.confirm(question, abort=True, err=True)
