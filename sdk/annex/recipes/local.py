"""Runs a package's recipes on the laptop that they are written on, without a cluster.

The process is the same as on a cluster, only that nothing fences it: it is the author's own code
on the author's own machine.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Timer
from types import TracebackType
from typing import Self, TypeVar
from uuid import UUID, uuid4

from pydantic import JsonValue

from annex.contract import fields as f
from annex.contract import process as p
from annex.contract.published import RecipeDescription
from annex.recipes.words import replace_words

BATCH = 50
S = TypeVar("S", bound=p.Say)


class RecipeFailed(Exception):
    """The recipe raised, or its process died; `said` tells where."""

    def __init__(self, said: p.Failed) -> None:
        super().__init__(said.message)
        self.said = said


class LocalProcess:
    """A package's process, with the pipe to it; a context manager that ends it."""

    def __init__(
        self,
        package: str,
        folder: Path | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        asks, self._asks = os.pipe()
        self._says, says = os.pipe()
        command = [sys.executable, "-m", "annex.recipes.process", package, str(asks), str(says)]
        self._process = subprocess.Popen(
            command, pass_fds=(asks, says), cwd=folder, env=environment
        )
        os.close(asks)
        os.close(says)
        self._out = os.fdopen(self._asks, "wb")
        self._in = os.fdopen(self._says, "rb")
        self._overran: float | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        self.kill()
        self._process.wait()
        # What it was not there to read is still in the buffer.
        with suppress(BrokenPipeError):
            self._out.close()
        self._in.close()

    def kill(self) -> None:
        """Let whoever waits for the process hear that it ended; any thread may call it."""
        self._process.kill()

    def ask(self, ask: p.Ask, seconds: float | None = None) -> p.Say:
        """Return what the process says.

        Args:   seconds: how long it may take; then it is ended.
        Raises: RecipeFailed.
        """
        with self._limited(seconds):
            self._tell(ask)
            return self._hear()

    def ask_for(self, ask: p.Ask, kind: type[S], seconds: float | None = None) -> S:
        """Do as `ask` does, for an answer of one kind. Raises: RecipeFailed, for another too."""
        said = self.ask(ask, seconds)
        if not isinstance(said, kind):
            message = f"The recipe's process said {said.say!r} where it cannot."
            raise RecipeFailed(p.Failed(message=message, traceback=""))
        return said

    def follow(self, ask: p.Start) -> Iterator[p.Say]:
        """Start a job and yield what it says until it is done. Raises: RecipeFailed."""
        self._tell(ask)
        said: p.Say = p.Progressed(done=0)
        while isinstance(said, p.Progressed):
            said = self._hear()
            yield said

    @contextmanager
    def _limited(self, seconds: float | None) -> Iterator[None]:
        timer = Timer(seconds or 0, self._overrun, (seconds,))
        timer.daemon = True
        if seconds is not None:
            timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _overrun(self, seconds: float) -> None:
        self._overran = seconds
        self.kill()

    def _tell(self, ask: p.Ask) -> None:
        try:
            self._out.write(ask.model_dump_json().encode() + b"\n")
            self._out.flush()
        except BrokenPipeError:
            raise RecipeFailed(self._death()) from None

    def _hear(self) -> p.Say:
        line = self._in.readline()
        said = p.SAYS.validate_json(line) if line else self._death()
        if isinstance(said, p.Failed):
            raise RecipeFailed(said)
        return said

    def draw(self, start: p.Start, limit: int) -> Iterator[p.ExampleLine]:
        """Start a task and yield at most `limit` examples. Raises: RecipeFailed."""
        self.ask(start)
        while limit > 0:
            drawn = self.ask(p.Draw(count=min(limit, BATCH)))
            if not isinstance(drawn, p.Drawn):
                return
            yield from drawn.examples
            limit -= len(drawn.examples)
            if drawn.ended:
                return

    def _death(self) -> p.Failed:
        status = self._process.wait()
        message = f"The recipe's process ended with status {status}."
        if self._overran is not None:
            message = f"The recipe did not answer within {self._overran:g} s, and was ended."
        return p.Failed(message=message, traceback="")


def start_locally(
    recipe: RecipeDescription,
    values: dict[str, JsonValue],
    labels: Mapping[str, UUID] | None = None,
) -> p.Start:
    """Return the ask that starts a recipe with what stands on the laptop.

    Free text is given as it is, assets and models as paths, labels by name: each gets an id here,
    as it would on the cluster.

    Args: labels: ids that labels have already, by name.
    """
    provided = _Provided(labels or {})
    return p.Start(
        recipe=recipe.name,
        version=recipe.version,
        arguments=replace_words(recipe.fields, values, provided.mint),
        provided=p.Provided(**provided.found),
        labels={key: name for name, key in (labels or {}).items()},
    )


class _Provided:
    """Mints an id for each thing that a value names in words."""

    PLACES = {
        f.Resource.ASSET: "assets",
        f.Resource.MODEL: "models",
        f.Resource.DATASET: "datasets",
        f.Resource.LABEL: "labels",
        f.Resource.SECRET: "secrets",
    }

    def __init__(self, labels: Mapping[str, UUID]) -> None:
        self.found: dict[str, dict[UUID, str]] = {}
        self.labels = labels

    def mint(self, kind: f.TextType | f.ResourceType, words: str) -> JsonValue:
        """Return an id for words; what no laptop can give stays as it is typed."""
        place = "texts" if isinstance(kind, f.TextType) else self.PLACES.get(kind.resource)
        if place is None:
            return words
        known = self.labels.get(words) if place == "labels" else None
        key = known or uuid4()
        self.found.setdefault(place, {})[key] = words
        return str(key)
