"""Every id among checked arguments is found, with what it is of and where it stands."""

from __future__ import annotations

from uuid import UUID

from annex.contract import fields as f
from annex.contract.references import references_in
from annex.contract.values import check_values

FIRST, SECOND, THIRD = (UUID(int=number) for number in (1, 2, 3))
ASSET = f.ResourceType(resource=f.Resource.ASSET, of=["data"])
LABEL = f.ResourceType(resource=f.Resource.LABEL)


def _field(name: str, kind: f.FieldType) -> f.Field:
    return f.Field(name=name, title=name, type=kind)


def _group(name: str, kind: f.FieldType) -> f.GroupType:
    return f.GroupType(name=name, title=name, fields=[_field("source", kind)])


FIELDS = [
    _field("prompt", f.TextType()),
    _field("spare", f.OptionalType(inner=ASSET)),
    _field("ref", f.UuidType()),
    _field("each", f.ListType(item=_group("one", ASSET))),
    _field("either", f.VariantType(variants=[_group("by_label", LABEL), _group("by_file", ASSET)])),
]


def test_every_id_is_found_where_it_stands() -> None:
    values = {
        "prompt": str(FIRST),
        "spare": None,
        "ref": str(SECOND),
        "each": [{"source": str(SECOND)}, {"source": str(THIRD)}],
        "either": {"kind": "by_label", "source": str(FIRST)},
    }
    found = list(references_in(FIELDS, check_values(FIELDS, values)))
    assert [(each.resource, each.id, each.place) for each in found] == [
        (None, FIRST, "prompt"),
        (f.Resource.ASSET, SECOND, "each.0.source"),
        (f.Resource.ASSET, THIRD, "each.1.source"),
        (f.Resource.LABEL, FIRST, "either.source"),
    ]
