"""Words become ids wherever in the values they stand, and nothing else changes."""

from __future__ import annotations

from annex.contract import fields as f
from annex.recipes.words import replace_words
from pydantic import JsonValue

ASSET = f.ResourceType(resource=f.Resource.ASSET)


def _field(name: str, kind: f.FieldType) -> f.Field:
    return f.Field(name=name, title=name, type=kind)


def _group(name: str) -> f.GroupType:
    return f.GroupType(name=name, title=name, fields=[_field("source", ASSET)])


FIELDS = [
    _field("code", f.StringType(pattern=".+")),
    _field("prompt", f.OptionalType(inner=f.TextType())),
    _field("sources", f.ListType(item=_group("from"))),
    _field("limit", f.VariantType(variants=[_group("by_file"), _group("by_list")])),
]


def test_words_become_ids_wherever_they_stand() -> None:
    replaced = replace_words(
        FIELDS,
        {
            "code": "a",
            "prompt": "what",
            "sources": [{"source": "b.jsonl"}],
            "limit": {"kind": "by_list", "source": "c.jsonl"},
        },
        lambda kind, word: f"{kind.kind} {word}",
    )
    assert replaced == {
        "code": "a",
        "prompt": "text what",
        "sources": [{"source": "resource b.jsonl"}],
        "limit": {"kind": "by_list", "source": "resource c.jsonl"},
    }


def test_what_fits_no_field_is_left_for_the_check() -> None:
    odd: dict[str, JsonValue] = {
        "prompt": None,
        "sources": "b",
        "limit": {"kind": "other", "source": "c"},
        "more": "d",
    }
    assert replace_words(FIELDS, odd, lambda kind, word: "replaced") == odd
