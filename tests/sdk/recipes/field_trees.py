"""Hypothesis strategies for the fields of a recipe, and for values that fit them."""

from __future__ import annotations

import string
from typing import Any

from annex.contract import fields as f
from hypothesis import strategies as st

NAMES = st.text(string.ascii_lowercase, min_size=1, max_size=8).filter(
    lambda name: name != "kind" and not name.startswith("no")
)
ANY = r"(?s).+"
WORDS = st.text(string.ascii_letters + "-= äé🙂\"'\n", min_size=1, max_size=12)


def whole_types() -> st.SearchStrategy[f.FieldType]:
    """Return types of one value each."""
    return st.one_of(
        st.just(f.StringType(pattern=ANY)),
        st.just(f.TextType()),
        st.builds(f.IntegerType, ge=st.integers(-100, 0), le=st.integers(1, 100)),
        st.builds(f.NumberType, gt=st.floats(-9, -1), lt=st.floats(1, 9)),
        st.just(f.BooleanType()),
        st.just(f.UuidType()),
        st.builds(
            f.ChoiceType,
            choices=st.lists(st.one_of(NAMES, st.integers(0, 9)), min_size=1, max_size=4),
        ),
        st.builds(f.ResourceType, resource=st.sampled_from(f.Resource)),
    )


def _around(inner: st.SearchStrategy[f.FieldType]) -> st.SearchStrategy[f.FieldType]:
    groups = st.builds(f.GroupType, name=NAMES, title=st.just("Group"), fields=_fields(inner))
    plain = inner.filter(lambda kind: not isinstance(kind, f.OptionalType))
    return st.one_of(
        st.builds(f.OptionalType, inner=plain),
        st.builds(f.ListType, item=inner),
        groups,
        st.lists(groups, min_size=2, max_size=3, unique_by=lambda group: group.name).map(
            lambda variants: f.VariantType(variants=variants)
        ),
    )


def _fields(kinds: st.SearchStrategy[f.FieldType]) -> st.SearchStrategy[list[f.Field]]:
    field = st.builds(f.Field, name=NAMES, title=st.just("Field"), type=kinds)
    return st.lists(field, min_size=1, max_size=3, unique_by=lambda each: each.name)


FIELDS = _fields(st.recursive(whole_types(), _around, max_leaves=6))


def values_of(fields: list[f.Field]) -> st.SearchStrategy[dict[str, Any]]:
    """Return values that fit the fields."""
    return st.fixed_dictionaries({field.name: value_of(field.type) for field in fields})


def value_of(kind: f.FieldType) -> st.SearchStrategy[Any]:
    """Return values that fit a type."""
    match kind:
        case f.StringType(pattern=pattern):
            return WORDS if pattern == ANY else st.from_regex(pattern, fullmatch=True)
        case f.IntegerType(ge=least, le=most):
            return st.integers(least, most)
        case f.NumberType(ge=least, gt=above, le=most, lt=below):
            low, high = (above if least is None else least), (below if most is None else most)
            return st.floats(
                low, high, exclude_min=above is not None, exclude_max=below is not None
            )
        case f.BooleanType():
            return st.booleans()
        case f.ChoiceType(choices=choices):
            return st.sampled_from(choices)
        case f.OptionalType(inner=inner):
            return st.none() | value_of(inner)
        case f.ListType(item=item, min_length=least, max_length=most):
            return st.lists(value_of(item), min_size=least, max_size=min(most, least + 3))
        case f.GroupType(fields=fields):
            return values_of(fields)
        case f.VariantType(variants=variants):
            return st.one_of([_variant(variant) for variant in variants])
    return st.uuids().map(str)


def _variant(variant: f.GroupType) -> st.SearchStrategy[dict[str, Any]]:
    return values_of(variant.fields).map(lambda value: {"kind": variant.name, **value})
