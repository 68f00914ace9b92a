"""Fields come from the signature alone; one that cannot be a form is refused by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Annotated, Any, Literal
from uuid import UUID

import pytest
from annex.contract import fields as f
from annex.contract.values import check_values
from annex.recipes import Asset, Dataset, Ge, Gt, Label, Le, Len, Lt, Of, Pattern, Text
from annex.recipes.convert import arguments_for
from annex.recipes.signature import BadSignature, fields_of, summary_of

SOME_ID = UUID("12345678-1234-5678-1234-567812345678")


class Tone(Enum):
    WARM = "warm"
    COLD = "cold"


@dataclass(frozen=True)
class ByCount:
    """Stop after some examples.

    Args:
        max_count: How many.
    """

    max_count: Annotated[int, Ge(1)] = 3


@dataclass(frozen=True)
class ByTags:
    tags: list[Annotated[str, Pattern("[a-z]+")]] = field(default_factory=lambda: ["a"])


def everything(
    *,
    code: Annotated[str, Pattern("[a-z]+")],
    prompt: Text,
    source: Annotated[Asset, Of("data", "patterns")],
    labels: Annotated[list[Label], Len(1, 3)],
    pool: Dataset | None = None,
    tone: Tone = Tone.WARM,
    size: Literal["s", 2] = 2,
    limit: ByCount | ByTags = ByTags(),
    share: Annotated[float, Gt(0), Lt(1)] | None = 0.5,
    ref: UUID = SOME_ID,
    quiet: bool = False,
    most: Annotated[int, Le(9)] = 9,
) -> None:
    """Have every type.

    And say more.

    Args:
        code: What it is
            called.
    """


def test_every_type_is_read() -> None:
    by_name = {each.name: each for each in fields_of(everything)}
    assert by_name["code"] == f.Field(
        name="code",
        title="Code",
        help="What it is called",
        type=f.StringType(pattern="[a-z]+"),
    )
    assert by_name["source"].type == f.ResourceType(
        resource=f.Resource.ASSET, of=["data", "patterns"]
    )
    label = f.ResourceType(resource=f.Resource.LABEL)
    assert by_name["labels"].type == f.ListType(item=label, min_length=1, max_length=3)
    assert by_name["pool"].type == f.OptionalType(inner=f.ResourceType(resource=f.Resource.DATASET))
    assert by_name["tone"].type == f.ChoiceType(choices=["warm", "cold"])
    assert by_name["size"].type == f.ChoiceType(choices=["s", 2])
    assert by_name["share"].type == f.OptionalType(inner=f.NumberType(gt=0, lt=1))
    assert by_name["most"].type == f.IntegerType(le=9)
    assert isinstance(by_name["prompt"].type, f.TextType)
    assert isinstance(by_name["quiet"].type, f.BooleanType)


def test_dataclasses_are_groups_and_their_unions_variants() -> None:
    limit = next(each for each in fields_of(everything) if each.name == "limit")
    assert isinstance(limit.type, f.VariantType)
    first, second = limit.type.variants
    assert (first.name, first.title, first.help) == (
        "by_count",
        "By count",
        "Stop after some examples.",
    )
    assert (first.fields[0].title, first.fields[0].help) == ("Max count", "How many")
    assert (second.help, second.fields[0].default) == ("", ["a"])
    assert limit.default == {"kind": "by_tags", "tags": ["a"]}


def test_what_was_read_calls_the_function_with_its_own_types() -> None:
    given: dict[str, Any] = {"code": "a", "prompt": str(SOME_ID), "source": str(SOME_ID)}
    limit = {"kind": "by_count", "max_count": 5}
    given |= {"labels": [str(SOME_ID)], "limit": limit, "tone": "cold"}
    values = check_values(fields_of(everything), given)
    called = arguments_for(everything, values, lambda resource, key: (resource, key))
    assert called["prompt"] == (None, SOME_ID)
    assert called["source"] == (f.Resource.ASSET, SOME_ID)
    assert called["labels"] == [(f.Resource.LABEL, SOME_ID)]
    assert (called["pool"], called["tone"], called["size"]) == (None, Tone.COLD, 2)
    assert (called["limit"], called["ref"], called["share"]) == (ByCount(5), SOME_ID, 0.5)


def test_the_docstring_is_title_and_help() -> None:
    assert summary_of(everything) == ("Have every type", "And say more.")


def _positional(name: UUID) -> None:
    """Be wrong."""


def _untyped(*, name) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """Be wrong."""


def _plain_string(*, name: str) -> None:
    """Be wrong."""


def _any(*, name: dict[str, int]) -> None:
    """Be wrong."""


def _mixed(*, name: int | UUID) -> None:
    """Be wrong."""


def _tuple(*, name: bytes) -> None:
    """Be wrong."""


@pytest.mark.parametrize("function", [_positional, _untyped, _plain_string, _any, _mixed, _tuple])
def test_a_signature_that_cannot_be_a_form_is_refused_by_name(function: Callable[..., Any]) -> None:
    with pytest.raises(BadSignature, match="`name`"):
        fields_of(function)


def test_a_function_without_a_docstring_has_no_title() -> None:
    with pytest.raises(BadSignature, match="docstring"):
        summary_of(lambda: None)
