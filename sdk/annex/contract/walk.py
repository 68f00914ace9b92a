"""The schema walk: prove from the types alone that no outbound message can carry free text.

The walk reads annotations, not JSON schemas, because a validator or serializer can make a schema
say what it does not do; a model that has one is a leak of its own.
"""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import annotated_types
from pydantic import AwareDatetime, BaseModel
from pydantic.fields import FieldInfo

from annex.contract import leaves

MAX_ITEMS = 4096
DECORATOR_KINDS = (
    "validators",
    "field_validators",
    "root_validators",
    "model_validators",
    "field_serializers",
    "model_serializers",
    "computed_fields",
)
SAFE_STRINGS = frozenset(
    {
        leaves.Slug,
        leaves.SemanticVersion,
        leaves.ProtocolDate,
        leaves.Digest,
        leaves.PublicKey,
        leaves.Signature,
        leaves.JoinToken,
    }
)


@dataclass(frozen=True)
class Leak:
    """A place where a message could carry something it must not."""

    path: str
    reason: str

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"


def find_leaks(models: Iterable[type[BaseModel]]) -> list[Leak]:
    """Return every leak of the given messages and of the models inside them; empty is good."""
    return [leak for model in models for leak in _walk_model(model, model.__name__, ())]


def _walk_model(
    model: type[BaseModel], path: str, above: tuple[type[BaseModel], ...]
) -> Iterator[Leak]:
    if model in above:
        yield Leak(path, "a model inside itself has no bounded size")
        return
    if model.model_config.get("extra") != "forbid":
        yield Leak(path, "unknown fields must be forbidden")
    yield from _walk_decorators(model, path)
    for name, annotation in get_type_hints(model, include_extras=True).items():
        if name in model.model_fields:
            yield from _walk_type(annotation, f"{path}.{name}", (*above, model))


def _walk_decorators(model: type[BaseModel], path: str) -> Iterator[Leak]:
    decorators = model.__pydantic_decorators__
    for kind in DECORATOR_KINDS:
        for name in getattr(decorators, kind):
            yield Leak(f"{path}.{name}", f"{kind} can change what is sent")


def _walk_type(annotation: Any, path: str, above: tuple[type[BaseModel], ...]) -> Iterator[Leak]:
    if get_origin(annotation) is Annotated:
        yield from _walk_annotated(annotation, path, above)
    elif get_origin(annotation) in (Union, types.UnionType):
        for member in get_args(annotation):
            yield from _walk_type(member, path, above)
    elif get_origin(annotation) is list:
        yield Leak(path, "a list needs a largest length")
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield from _walk_model(annotation, path, above)
    elif not _is_safe_leaf(annotation):
        yield Leak(path, f"{annotation!r} is not a leaf type of the contract")


def _walk_annotated(
    annotation: Any, path: str, above: tuple[type[BaseModel], ...]
) -> Iterator[Leak]:
    inner, *marks = get_args(annotation)
    if annotation in SAFE_STRINGS:
        return
    if get_origin(inner) is list:
        yield from _walk_list(inner, marks, path, above)
    elif inner in (int, float):
        yield from _walk_number(inner, marks, path)
    elif get_origin(inner) in (Union, types.UnionType) and _only_discriminates(marks):
        yield from _walk_type(inner, path, above)
    else:
        yield Leak(path, f"{annotation!r} is not a leaf type of the contract")


def _walk_list(
    inner: Any, marks: list[Any], path: str, above: tuple[type[BaseModel], ...]
) -> Iterator[Leak]:
    limits = [m.max_length for m in _constraints(marks) if isinstance(m, annotated_types.MaxLen)]
    if not limits or min(limits) > MAX_ITEMS:
        yield Leak(path, f"a list needs a largest length of at most {MAX_ITEMS}")
    yield from _walk_type(get_args(inner)[0], f"{path}[]", above)


def _walk_number(kind: type, marks: list[Any], path: str) -> Iterator[Leak]:
    constraints = _constraints(marks)
    low = any(isinstance(mark, annotated_types.Ge | annotated_types.Gt) for mark in constraints)
    high = any(isinstance(mark, annotated_types.Le | annotated_types.Lt) for mark in constraints)
    if not (low and high):
        yield Leak(path, f"{kind.__name__} needs a lower and an upper bound")


def _constraints(marks: list[Any]) -> list[Any]:
    found: list[Any] = []
    for mark in marks:
        found.extend(mark.metadata if isinstance(mark, FieldInfo) else [mark])
    return found


def _only_discriminates(marks: list[Any]) -> bool:
    return all(isinstance(mark, FieldInfo) and not mark.metadata for mark in marks)


def _is_safe_leaf(annotation: Any) -> bool:
    if get_origin(annotation) is Literal:
        return True
    if annotation in (UUID, bool, type(None), AwareDatetime):
        return True
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return all(isinstance(member.value, str | int) for member in annotation)
    return False
