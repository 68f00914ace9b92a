"""What every outbound field can carry, in words, read from the same annotations as the walk."""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import annotated_types
from pydantic import AwareDatetime, BaseModel
from pydantic.fields import FieldInfo

from annex.contract import leaves


@dataclass(frozen=True)
class FieldWords:
    """One field of a message: its path, its leaf type, what that can and what it cannot carry."""

    path: str
    leaf: str
    carries: str
    cannot: str


NO_WORDS: Final = "any word of anybody's"
WORDS: Final[dict[Any, tuple[str, str, str]]] = {
    leaves.Slug: (
        "slug",
        "the short name of a storage root that an administrator wrote in the configuration",
        "a name found in data, or longer than 32 letters",
    ),
    leaves.SemanticVersion: ("version", "three numbers, such as 0.1.0", NO_WORDS),
    leaves.ProtocolDate: ("protocol date", "a date such as 2026-11-21", NO_WORDS),
    leaves.Digest: (
        "digest",
        "64 hex digits: SHA-256 of bytes already sent, or keyed with a secret of this cluster",
        "the bytes themselves; without the secret nobody can try texts against it",
    ),
    leaves.PublicKey: ("public key", "an Ed25519 public key", NO_WORDS),
    leaves.Signature: ("signature", "an Ed25519 signature", NO_WORDS),
    leaves.JoinToken: ("join token", "the one-time token that the console showed", NO_WORDS),
    UUID: ("UUID", "an id, minted by Annex and never taken from data", NO_WORDS),
    bool: ("true or false", "one bit", NO_WORDS),
    AwareDatetime: ("moment", "a date and a time", NO_WORDS),
}


def fields_of(model: type[BaseModel], path: str = "") -> Iterator[FieldWords]:
    """Yield every field of a message, those of models inside it too.

    Raises: TypeError for a type without words: whoever adds a leaf says what it can carry.
    """
    for name, annotation in get_type_hints(model, include_extras=True).items():
        if name in model.model_fields:
            yield from _words_of(annotation, f"{path}{name}")


def _words_of(annotation: Any, path: str) -> Iterator[FieldWords]:
    if annotation in WORDS:
        yield FieldWords(path, *WORDS[annotation])
    elif get_origin(annotation) is Annotated:
        yield from _words_of_marked(annotation, path)
    elif get_origin(annotation) in (Union, types.UnionType):
        yield from _words_of_union([a for a in get_args(annotation) if a is not type(None)], path)
    elif get_origin(annotation) is Literal:
        (value,) = get_args(annotation)
        yield FieldWords(path, "constant", f"always `{value}`", "anything else")
    elif isinstance(annotation, type) and issubclass(annotation, Enum):
        values = ", ".join(f"`{member.value}`" for member in annotation)
        yield FieldWords(path, "one of", values, "anything else")
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield from fields_of(annotation, f"{path}.")
    else:
        raise TypeError(f"{path}: {annotation!r} has no words")


def _words_of_marked(annotation: Any, path: str) -> Iterator[FieldWords]:
    inner, *marks = get_args(annotation)
    if get_origin(inner) is list:
        (item,) = get_args(inner)
        most = _bound(marks, annotated_types.MaxLen, "max_length")
        yield FieldWords(path, "list", f"at most {most} of what follows", "more than that")
        yield from _words_of(item, f"{path}[]")
    elif inner in (int, float):
        low, high = _bound(marks, annotated_types.Ge, "ge"), _bound(marks, annotated_types.Le, "le")
        kind = "whole number" if inner is int else "number"
        yield FieldWords(path, kind, f"{low} to {high}", NO_WORDS)
    else:
        yield from _words_of(inner, path)


def _words_of_union(members: list[Any], path: str) -> Iterator[FieldWords]:
    if len(members) == 1:
        yield from _words_of(members[0], path)
    else:
        names = ", ".join(member.__name__ for member in members)
        yield FieldWords(path, "one of the events", names, "anything else")


def _bound(marks: list[Any], kind: type, name: str) -> Any:
    found = [inner for m in marks for inner in (m.metadata if isinstance(m, FieldInfo) else [m])]
    return next(getattr(mark, name) for mark in found if isinstance(mark, kind))
