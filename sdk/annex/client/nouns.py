"""How one definition of a noun's verbs serves both clients.

A verb is a method that returns a `Call`. `@endpoint` turns it, on the noun of a synchronous
client, into a function that returns the answer, and on one of an asynchronous client into one
that returns an awaitable of it; `@listing` does the same with iterators over all pages.
"""

from __future__ import annotations

import functools
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any, Concatenate, Generic, ParamSpec, Protocol, TypeVar, overload

from annex.client.calls import Call
from annex.client.types import Page

P = ParamSpec("P")
T = TypeVar("T")
Mode = TypeVar("Mode")


class Sync:
    """Marks the nouns of `Client`."""


class Async:
    """Marks the nouns of `AsyncClient`."""


class Sender(Protocol):
    """Sends calls: now, or when awaited."""

    def send(self, call: Call[Any]) -> Any:
        """Send one call."""

    def walk(self, call: Call[Page[Any]]) -> Any:
        """Iterate over the rows of all pages."""


class Noun(Generic[Mode]):
    """The verbs of one noun, below `base`."""

    def __init__(self, sender: Sender, base: str) -> None:
        self._sender = sender
        self._base = base


class endpoint(Generic[P, T]):  # noqa: N801 - a decorator
    """A verb with one answer."""

    def __init__(self, build: Callable[Concatenate[Any, P], Call[T]]) -> None:
        self.build = build
        self.__doc__ = build.__doc__

    @overload
    def __get__(self, noun: Noun[Sync], owner: Any = None) -> Callable[P, T]: ...
    @overload
    def __get__(self, noun: Noun[Async], owner: Any = None) -> Callable[P, Awaitable[T]]: ...
    def __get__(self, noun: Noun[Any] | None, owner: Any = None) -> Any:
        """Return the verb, bound to a noun."""
        if noun is None:
            return self

        @functools.wraps(self.build)
        def send(*args: P.args, **kwargs: P.kwargs) -> Any:
            return noun._sender.send(self.build(noun, *args, **kwargs))

        return send


class listing(Generic[P, T]):  # noqa: N801 - a decorator
    """A verb that lists: an iterator over the rows of all pages, asked for as they are needed."""

    def __init__(self, build: Callable[Concatenate[Any, P], Call[Page[T]]]) -> None:
        self.build = build
        self.__doc__ = build.__doc__

    @overload
    def __get__(self, noun: Noun[Sync], owner: Any = None) -> Callable[P, Iterator[T]]: ...
    @overload
    def __get__(self, noun: Noun[Async], owner: Any = None) -> Callable[P, AsyncIterator[T]]: ...
    def __get__(self, noun: Noun[Any] | None, owner: Any = None) -> Any:
        """Return the verb, bound to a noun."""
        if noun is None:
            return self

        @functools.wraps(self.build)
        def walk(*args: P.args, **kwargs: P.kwargs) -> Any:
            return noun._sender.walk(self.build(noun, *args, **kwargs))

        return walk


def given(**fields: Any) -> dict[str, Any]:
    """Return the fields that were given; those left at `UNSET` are not sent."""
    return {name: value for name, value in fields.items() if value is not UNSET}


class _Unset:
    """Tells a field that was left out from one that is null."""

    def __repr__(self) -> str:
        return "UNSET"


UNSET: Any = _Unset()
"""The default of a field that is only sent when given."""
