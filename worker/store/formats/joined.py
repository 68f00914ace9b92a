"""A relation as the tools of the field write it, brought to positions among the row's spans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from worker.store.formats.rows import NamedRelation, NamedSpan, RowRefused

IDS = {"head": "from_id", "child": "to_id"}


def ids_of(marks: Any) -> Mapping[Any, int]:
    """Return the place of each span that has an id in its file."""
    spans = marks if isinstance(marks, list) else []
    return {
        _id(span["id"]): place
        for place, span in enumerate(spans)
        if isinstance(span, dict) and span.get("id") is not None
    }


def _id(value: Any) -> str:
    return str(value)


@dataclass(frozen=True)
class Ends:
    """The spans that a row's relations join, with their ids and its tokens where it has them."""

    spans: Sequence[NamedSpan]
    ids: Mapping[Any, int]
    tokens: Sequence[Any] | None

    def relation_of(self, relation: Any) -> NamedRelation:
        """Return the relation.

        Its ends are `head_span` and `child_span`, objects of start and end, as Prodigy writes
        them; or `from_id` and `to_id`, ids of spans, as in doccano's files; else tokens by
        number, in a row that has tokens; else positions among the spans.
        Raises: RowRefused.
        """
        if not isinstance(relation, dict):
            raise RowRefused("relation.not_an_object", "A relation needs head, child and label.")
        label = relation.get("label", relation.get("type"))
        if not isinstance(label, str):
            raise RowRefused("relation.label_missing", "A relation has no label.")
        head, child = (self._place_of(relation, end) for end in ("head", "child"))
        return NamedRelation(head, child, label)

    def _place_of(self, relation: Mapping[str, Any], end: str) -> int:
        said = relation.get(f"{end}_span")
        if isinstance(said, dict):
            place = self._of_span(said)
        elif IDS[end] in relation:
            place = self.ids.get(_id(relation[IDS[end]]))
        else:
            place = self._of_number(relation, end)
        if place is None:
            raise RowRefused(
                "relation.not_of_spans", f"The {end} of a relation is none of the row's spans."
            )
        return place

    def _of_span(self, said: Mapping[str, Any]) -> int | None:
        """Return the place of a span with these edges, of several the one with this label."""
        label = said.get("label")
        same = [
            (span.label == label, -place)
            for place, span in enumerate(self.spans)
            if (span.start, span.end) == (said.get("start"), said.get("end"))
        ]
        return -max(same)[1] if same else None

    def _of_number(self, relation: Mapping[str, Any], end: str) -> int | None:
        number = relation.get(end)
        if type(number) is not int or number < 0:
            return None
        if self.tokens is None:
            return number if number < len(self.spans) else None
        token = self.tokens[number] if number < len(self.tokens) else None
        return self._of_token(token) if isinstance(token, dict) else None

    def _of_token(self, token: Mapping[str, Any]) -> int | None:
        """Return the place of the shortest span that ends with the token, else holds it."""
        start, end = token.get("start"), token.get("end")
        if type(start) is not int or type(end) is not int:
            return None
        holding = [
            (span.end != end, span.end - span.start, place)
            for place, span in enumerate(self.spans)
            if type(span.start) is int and type(span.end) is int
            if span.start <= start and end <= span.end
        ]
        return min(holding)[2] if holding else None
