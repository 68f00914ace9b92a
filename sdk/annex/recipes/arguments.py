"""The types that a recipe's arguments may have, beside Python's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from annotated_types import Ge, Gt, Le, Len, Lt

if TYPE_CHECKING:
    from annex.recipes.components import Answered

__all__ = [
    "Asset",
    "Dataset",
    "Endpoint",
    "Ge",
    "Gt",
    "Label",
    "Le",
    "Len",
    "Lt",
    "Model",
    "Of",
    "Pattern",
    "Secret",
    "Text",
]


@dataclass(frozen=True)
class Pattern:
    """What a `str` must match as a whole. The control plane sees the string: keep it a code.

    The syntax is that of Rust's `regex`: no look-around, no back-references.
    """

    pattern: str


@dataclass(frozen=True)
class Of:
    """The kinds of asset, model or endpoint that an argument accepts: `Of("patterns")`."""

    kinds: tuple[str, ...]

    def __init__(self, *kinds: str) -> None:
        object.__setattr__(self, "kinds", kinds)


class Text(str):
    """Free text, which the control plane never sees: written on the cluster or pushed there."""

    __slots__ = ()


class Secret(str):
    """A secret of the cluster. It shows as dots; `reveal()` gives it."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "Secret('•••')"

    def __str__(self) -> str:
        return "•••"

    def __format__(self, spec: str) -> str:
        return "•••"

    def reveal(self) -> str:
        """Return the secret itself."""
        return str.__str__(self)


@dataclass(frozen=True)
class Dataset:
    """A dataset of the project; `path` is a copy of its examples in JSON lines."""

    id: UUID
    path: Path

    def read(self, skip: int = 0) -> Iterator[Answered]:
        """Yield its examples with their answers, in order. Args: skip: leaves out the first."""
        from annex.recipes.lines import read_lines

        return read_lines(self.path, skip)

    def read_at(self, offset: int) -> Answered:
        """Return the example whose line begins at a byte of the file."""
        from annex.recipes.lines import read_line

        with self.path.open("rb") as file:
            file.seek(offset)
            return read_line(file.readline(), f"at byte {offset}")


@dataclass(frozen=True)
class Asset:
    """An asset of the project; `path` is a read-only copy of its file beside the process."""

    id: UUID
    path: Path


@dataclass(frozen=True)
class Model:
    """A trained model of the project; `path` is a spaCy pipeline's folder beside the process."""

    id: UUID
    path: Path


@dataclass(frozen=True)
class Endpoint:
    """An LLM server of the cluster, speaking OpenAI's protocol under `url`."""

    id: UUID
    url: str
    model: str
    key: Secret


@dataclass(frozen=True)
class Label:
    """A label of the project's scheme."""

    id: UUID
    name: str
