"""Free text is not representable in anything a cluster may say."""

from __future__ import annotations

import json
from enum import Enum
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import annex.contract
import pytest
from annex.contract import outbound
from annex.contract.leaves import Count, Message
from annex.contract.manifest import ROUTES, egress_manifest
from annex.contract.outbound import EVENTS, OUTBOUND, REQUESTS
from annex.contract.walk import find_leaks
from pydantic import BaseModel, Field, NaiveDatetime, field_serializer

MANIFEST = Path(annex.contract.__file__).parent / "egress-manifest.json"


def test_no_outbound_message_can_carry_text() -> None:
    assert find_leaks(OUTBOUND) == []


def test_every_message_of_the_module_is_registered() -> None:
    reached: set[type] = set()

    def reach(model: type[BaseModel]) -> None:
        reached.add(model)
        for part in _models_in(model):
            if part not in reached:
                reach(part)

    for model in OUTBOUND:
        reach(model)
    declared = {
        value
        for value in vars(outbound).values()
        if isinstance(value, type) and issubclass(value, Message) and value is not Message
    }
    assert declared <= reached
    assert set(EVENTS) | set(REQUESTS) == set(OUTBOUND)
    assert {model for model in ROUTES.values() if model} == set(REQUESTS)


def _models_in(model: type[BaseModel]) -> list[type[BaseModel]]:
    found: list[type[BaseModel]] = []

    def look(annotation: Any) -> None:
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            found.append(annotation)
        for inner in getattr(annotation, "__args__", ()):
            look(inner)

    for info in model.model_fields.values():
        look(info.annotation)
    return found


class _Open(Enum):
    ANY = object()


class _Inner(BaseModel):
    note: str


LEAKS: dict[str, Any] = {
    "text": str,
    "bounded_text": Annotated[str, Field(max_length=5)],
    "text_with_a_loose_pattern": Annotated[str, Field(pattern=r"^.*$")],
    "optional_text": str | None,
    "dictionary": dict[str, int],
    "anything": Any,
    "bytes": bytes,
    "unbounded_list": list[Count],
    "list_of_text": Annotated[list[str], Field(max_length=2)],
    "huge_list": Annotated[list[UUID], Field(max_length=10**9)],
    "tuple": tuple[int, int],
    "unbounded_integer": int,
    "half_bounded_integer": Annotated[int, Field(ge=0)],
    "unbounded_float": float,
    "naive_time": NaiveDatetime,
    "open_enum": _Open,
    "loose_model": _Inner,
}


@pytest.mark.parametrize("name", LEAKS)
def test_a_leaky_field_turns_the_walk_red(name: str) -> None:
    leaky = type("Leaky", (Message,), {"__annotations__": {"field": LEAKS[name]}})
    assert [leak.path for leak in find_leaks([leaky])] != []


def test_a_serializer_that_could_change_what_is_sent_turns_it_red() -> None:
    class Dressed(Message):
        count: Count

        @field_serializer("count")
        def _dress(self, value: int) -> str:
            return f"{value} secrets"

    assert [leak.reason for leak in find_leaks([Dressed])] == [
        "field_serializers can change what is sent"
    ]


def test_a_model_that_lets_unknown_fields_pass_turns_it_red() -> None:
    class Loose(BaseModel):
        count: Count

    assert [leak.reason for leak in find_leaks([Loose])] == ["unknown fields must be forbidden"]


def test_the_committed_manifest_is_the_one_in_force() -> None:
    """Change it with: python -m worker link manifest > sdk/annex/contract/egress-manifest.json."""
    assert json.loads(MANIFEST.read_text(encoding="utf-8")) == egress_manifest()
