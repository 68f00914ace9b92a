"""One validator: what fits passes whole, what does not is named by its place and never repeated."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from annex.contract import fields as f
from annex.contract.values import BadValues, check_fields, check_values
from hypothesis import given
from hypothesis import strategies as st

from tests.sdk.recipes.field_trees import FIELDS, values_of

SOME_ID = "12345678-1234-5678-1234-567812345678"
CANARY = "canary-7f3a9 what the patient said"
COUNT = f.GroupType(
    name="by_count",
    title="By count",
    fields=[f.Field(name="count", title="Count", type=f.IntegerType(ge=1))],
)
SHARE = f.GroupType(
    name="by_share",
    title="By share",
    fields=[f.Field(name="share", title="Share", type=f.NumberType(gt=0, le=1))],
)

# Every type with a value that fits, some that do not, and where the fault of each lies.
TYPES: list[tuple[f.FieldType, Any, list[tuple[Any, str]]]] = [
    (f.StringType(pattern="[a-z]+"), "abc", [("A1", "x"), (5, "x"), (CANARY, "x")]),
    (f.TextType(), SOME_ID, [(CANARY, "x"), (None, "x")]),
    (f.IntegerType(ge=1, lt=9), 8, [(0, "x"), (9, "x"), (CANARY, "x"), (1.5, "x")]),
    (f.NumberType(gt=0, le=1), 0.5, [(0, "x"), (1.1, "x"), (CANARY, "x"), (float("nan"), "x")]),
    (f.BooleanType(), True, [(CANARY, "x"), (7, "x")]),
    (f.UuidType(), SOME_ID, [(CANARY, "x"), (SOME_ID[:-1], "x")]),
    (f.ChoiceType(choices=["a", 2]), 2, [("b", "x"), (3, "x"), (CANARY, "x")]),
    (f.ResourceType(resource=f.Resource.MODEL), SOME_ID, [(CANARY, "x"), (1, "x")]),
    (f.OptionalType(inner=f.IntegerType(ge=1)), None, [(0, "x"), (CANARY, "x")]),
    (f.ListType(item=COUNT, max_length=1), [{"count": 1}], [([{"count": 0}], "x.0.count"),
        ([{"count": 1}] * 2, "x"), ([{}], "x.0.count"), (CANARY, "x")]),
    (COUNT, {"count": 3}, [({"count": CANARY}, "x.count"), ({"count": 1, "more": 1}, "x.more")]),
    (f.VariantType(variants=[COUNT, SHARE]), {"kind": "by_share", "share": 1},
        [({"kind": "by_share", "share": 0}, "x.share"), ({"kind": CANARY}, "x"),
         ({"share": 1}, "x"), ({"kind": "by_count", "share": 1}, "x.count")]),
]  # fmt: skip


def _fields(kind: f.FieldType) -> list[f.Field]:
    return [f.Field(name="x", title="X", type=kind)]


def test_every_type_is_tried() -> None:
    kinds = {type(kind) for kind, _, _ in TYPES}
    assert kinds == set(get_args(get_args(f.FieldType)[0]))


@pytest.mark.parametrize(
    ("kind", "fits", "wrong"), TYPES, ids=lambda each: getattr(each, "kind", "")
)
def test_what_fits_passes_and_what_does_not_is_named_by_its_place(
    kind: f.FieldType, fits: Any, wrong: list[tuple[Any, str]]
) -> None:
    assert check_values(_fields(kind), {"x": fits})["x"] == fits
    for value, place in wrong:
        with pytest.raises(BadValues) as refused:
            check_values(_fields(kind), {"x": value})
        assert place in [error.field for error in refused.value.errors], value
        assert "canary" not in str(refused.value)
        assert all(error.message for error in refused.value.errors)


@given(st.data())
def test_checked_values_are_their_own_check(data: st.DataObject) -> None:
    fields = data.draw(FIELDS)
    checked = check_values(fields, data.draw(values_of(fields)))
    assert check_values(fields, checked) == checked


@pytest.mark.parametrize(
    ("field", "said"),
    [
        (f.Field(name="x", title="X", type=f.StringType(pattern="(")), "pattern"),
        (f.Field(name="x", title="X", type=f.StringType(pattern="(?=a)a")), "pattern"),
        (
            f.Field(name="x", title="X", type=f.IntegerType(ge=1), required=False, default=0),
            "default",
        ),
    ],
    ids=["broken pattern", "look-around", "default out of bounds"],
)
def test_fields_that_could_never_be_checked_are_refused(field: f.Field, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        check_fields([field])


def test_a_pattern_that_explodes_elsewhere_takes_linear_time() -> None:
    kind = f.StringType(pattern="(a+)+b")
    with pytest.raises(BadValues):
        check_values(_fields(kind), {"x": "a" * 200})
