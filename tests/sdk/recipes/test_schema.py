"""The JSON Schema of a recipe's arguments and their validator agree."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from annex.contract import fields as f
from annex.contract.schema import HINTS, is_portable, json_schema_of
from annex.contract.values import BadValues, check_values
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.sdk.recipes.field_trees import FIELDS, values_of
from tests.sdk.recipes.test_values import TYPES

JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-200, 200) | st.floats(-20, 20) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=3,
)


def accepts(fields: list[f.Field], values: Any) -> bool:
    schema = json_schema_of(fields)
    Draft202012Validator.check_schema(schema)
    valid: bool = Draft202012Validator(schema).is_valid(values)
    return valid


def is_valid(fields: list[f.Field], values: Any) -> bool:
    try:
        check_values(fields, values)
    except BadValues:
        return False
    return True


@st.composite
def spoilt(draw: st.DrawFn, value: Any) -> Any:
    """Return the value with one part of it replaced, left out or added."""
    if isinstance(value, dict) and value and draw(st.booleans()):
        name = draw(st.sampled_from([*value, "more"]))
        rest = {key: each for key, each in value.items() if key != name}
        return draw(st.just(rest) | spoilt(value.get(name)).map(lambda new: {**rest, name: new}))
    if isinstance(value, list) and value and draw(st.booleans()):
        return [draw(spoilt(value[0])), *value[1:]]
    return draw(JUNK)


@given(st.data())
def test_what_the_validator_writes_the_schema_accepts(data: st.DataObject) -> None:
    fields = data.draw(FIELDS)
    checked = check_values(fields, data.draw(values_of(fields)))
    assert accepts(fields, json.loads(json.dumps(checked)))


@given(st.data())
def test_what_the_schema_accepts_the_validator_accepts(data: st.DataObject) -> None:
    fields = data.draw(FIELDS)
    values = data.draw(spoilt(data.draw(values_of(fields))))
    if accepts(fields, values):
        assert is_valid(fields, values)


@pytest.mark.parametrize(
    ("kind", "fits", "wrong"), TYPES, ids=lambda each: getattr(each, "kind", "")
)
def test_every_type_has_a_schema_that_tells_right_from_wrong(
    kind: f.FieldType, fits: Any, wrong: list[tuple[Any, str]]
) -> None:
    field = f.Field(name="x", title="The thing", help="What it is for", type=kind)
    assert accepts([field], {"x": fits})
    for value, _ in wrong:
        # JSON cannot say that a number is none.
        if not (isinstance(value, float) and math.isnan(value)):
            assert not accepts([field], {"x": value}), value
    said = json_schema_of([field])["properties"]["x"]
    assert (said["title"], said["description"]) == ("The thing", "What it is for")
    assert said[HINTS]["widget"]


def test_a_schema_says_what_the_control_plane_sees_and_what_only_the_cluster_has() -> None:
    kinds: dict[str, f.FieldType] = {
        "code": f.StringType(pattern="[a-z]{2}"),
        "words": f.TextType(),
        "secret": f.ResourceType(resource=f.Resource.SECRET),
        "rules": f.ResourceType(resource=f.Resource.ASSET, of=["patterns"]),
    }
    fields = [f.Field(name=name, title=name, type=kind) for name, kind in kinds.items()]
    said = json_schema_of(fields)["properties"]
    assert {name: each[HINTS]["visible"] for name, each in said.items()} == {
        "code": True,
        "words": False,
        "secret": False,
        "rules": True,
    }
    assert (said["rules"][HINTS]["resource"], said["rules"][HINTS]["of"]) == ("asset", ["patterns"])


def test_a_field_that_may_be_left_out_says_its_default() -> None:
    field = f.Field(name="x", title="X", type=f.IntegerType(ge=0), required=False, default=3)
    schema = json_schema_of([field])
    assert schema["required"] == []
    assert schema["properties"]["x"]["default"] == 3


@pytest.mark.parametrize(
    "pattern", ["[a-z]+", "[a-z0-9_]{2,8}", r"\d{4}-\d{2}", "(?:en|de)", r"[a-z]+\.v\d"]
)
def test_patterns_that_every_engine_reads_are_said(pattern: str) -> None:
    field = f.Field(name="x", title="X", type=f.StringType(pattern=pattern))
    assert json_schema_of([field])["properties"]["x"]["pattern"] == f"^(?:{pattern})$"


@pytest.mark.parametrize(
    "pattern",
    ["(?s).+", r"\p{L}+", "(?=a)a", "(?i)a", "a++", "a+?", r"\w+", "[[:alpha:]]",
     "[a&&b]", "[^a]", "^a$", "(?P<a>b)", r"\Aa", "("],
)  # fmt: skip
def test_patterns_that_engines_read_differently_are_a_hint_alone(pattern: str) -> None:
    assert not is_portable(pattern)
    field = f.Field(name="x", title="X", type=f.StringType(pattern=pattern))
    said = json_schema_of([field])["properties"]["x"]
    assert "pattern" not in said
    assert said[HINTS]["pattern"] == pattern
