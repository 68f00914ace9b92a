"""Making a thing that may already be there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from annex.cli.names import Row, one_named
from annex.cli.output import note
from annex.errors import NoneOfThatName

R = TypeVar("R", bound=Row)


def created(
    noun: str,
    name: str,
    create: Callable[[], R],
    *,
    exists_ok: bool,
    rows: Callable[[], Iterable[R]],
    name_of: Callable[[R], str],
) -> R:
    """Return a new thing, or with `exists_ok` the one that carries the name already.

    Raises: BadInput when several carry it.
    """
    if exists_ok:
        try:
            found = one_named(noun, name, rows(), name_of)
        except NoneOfThatName:
            return create()
        note(f"There is a {noun} of that name already.")
        return found
    return create()
