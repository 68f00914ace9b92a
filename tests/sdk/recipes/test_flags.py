"""Flags say what a form says: any values that fit a recipe's fields survive being typed."""

from __future__ import annotations

import pytest
from annex.contract import fields as f
from annex.contract.values import BadValues, check_values
from annex.recipes.flags import NotAFlag, flags_for, parse_flags
from hypothesis import given
from hypothesis import strategies as st

from tests.sdk.recipes.field_trees import FIELDS, values_of


@given(st.data())
def test_values_survive_being_typed_as_flags(data: st.DataObject) -> None:
    fields = data.draw(FIELDS)
    values = check_values(fields, data.draw(values_of(fields)))
    assert check_values(fields, parse_flags(fields, flags_for(values))) == values


def _field(name: str, kind: f.FieldType) -> f.Field:
    return f.Field(name=name, title=name, type=kind)


COUNT = _field("max_count", f.IntegerType(ge=1))
TAGS = _field("tags", f.ListType(item=f.StringType(pattern="[a-z]+")))
SEED = _field("seed", f.OptionalType(inner=f.IntegerType()))
QUIET = _field("quiet", f.BooleanType())


@pytest.mark.parametrize(
    ("words", "values"),
    [
        (["--max-count", "3"], {"max_count": "3"}),
        (["--max-count=3"], {"max_count": "3"}),
        (["--max-count", "-3"], {"max_count": "-3"}),
        (["--tags", "a", "--tags", "b"], {"tags": ["a", "b"]}),
        (["--no-tags"], {"tags": []}),
        (["--quiet"], {"quiet": True}),
        (["--no-quiet"], {"quiet": False}),
        (["--no-seed"], {"seed": None}),
        (["--quiet", "--max-count", "1"], {"quiet": True, "max_count": "1"}),
    ],
)
def test_flags_are_read(words: list[str], values: dict[str, object]) -> None:
    assert parse_flags([COUNT, TAGS, SEED, QUIET], words) == values


@pytest.mark.parametrize("words", [["three"], ["--max-count", "1", "2"], ["--", "x"]])
def test_a_word_that_belongs_to_no_flag_is_refused_by_its_place(words: list[str]) -> None:
    with pytest.raises(NotAFlag, match=r"Word [123]"):
        parse_flags([COUNT], words)


def test_a_flag_within_a_plain_value_is_refused() -> None:
    with pytest.raises(NotAFlag):
        parse_flags([COUNT], ["--max-count", "1", "--max-count.low", "2"])


def test_a_wrong_flag_is_refused_in_the_words_of_the_api() -> None:
    def errors(values: object) -> list[str]:
        with pytest.raises(BadValues) as refused:
            check_values([COUNT], values)
        return [f"{error.field}: {error.message}" for error in refused.value.errors]

    assert errors(parse_flags([COUNT], ["--max-count", "0"])) == errors({"max_count": 0})
    assert errors(parse_flags([COUNT], ["--max-cuont", "3"])) == errors({"max_cuont": 3})
