"""Names where ids may stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar
from uuid import UUID

from annex.errors import BadInput, NoneOfThatName


class Row(Protocol):
    """Something with an id."""

    @property
    def id(self) -> UUID:
        """Its id."""


R = TypeVar("R", bound=Row)


def is_id(text: str) -> bool:
    """Say whether a text is an id rather than a name."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def named(wanted: str, rows: Iterable[R], name_of: Callable[[R], str]) -> list[R]:
    """Return the rows with that id or exactly that name."""
    if is_id(wanted):
        return [row for row in rows if row.id == UUID(wanted)]
    return [row for row in rows if name_of(row) == wanted]


def one_named(noun: str, wanted: str, rows: Iterable[R], name_of: Callable[[R], str]) -> R:
    """Return the one row with that id or name.

    Raises: NoneOfThatName, or BadInput that lists the ids when several carry the name.
    """
    found = named(wanted, rows, name_of)
    if not found:
        raise NoneOfThatName(f"No {noun} that you can see is called {wanted}.")
    if len(found) > 1:
        ids = ", ".join(str(row.id) for row in found)
        raise BadInput(
            f"{len(found)} of the {noun}s are called {wanted}: {ids}.",
            what_to_do="Give the id of the one you mean.",
        )
    return found[0]
