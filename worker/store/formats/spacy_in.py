"""spaCy's `.spacy` files, read without making documents: nothing a file says reaches C code.

The format is one packed message, so the whole of it must be in memory; its size is bounded.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
from annex.contract.enums import Verdict
from spacy.attrs import IDS
from spacy.strings import StringStore
from srsly import msgpack

from worker.store.formats.rows import FileUnreadable, Record, RowProblem
from worker.store.plans import Plan

MAX_UNPACKED_BYTES = 1024**3
SPAN_GROUP = "sc"
"""Where spaCy's own span categorizer keeps its spans."""
SPAN = struct.Struct(">QQQllll")
"""id, knowledge base id, label, first token, token behind the last, start, end in code points."""
MISSING, INSIDE, OUTSIDE, BEGIN = range(4)
BROKEN = (LookupError, TypeError, ValueError, AttributeError, OverflowError, struct.error)

Span = dict[str, Any]


def read_spacy(stream: BinaryIO, plan: Plan) -> Iterator[Record | RowProblem]:
    """Yield a record or a problem for every document; `line` counts documents from 1.

    Columns: `text`, `spans` (entities; else the group `sc`), `sc`, `cats`, `answer`, `meta`.
    """
    documents = _documents(stream)
    for number in range(len(documents)):
        try:
            yield Record(number + 1, documents.fields(number))
        except BROKEN:
            yield RowProblem(number + 1, "row.bad_document", "The document is damaged.")


def _documents(stream: BinaryIO) -> Documents:
    try:
        message = _message(_inflated(stream.read()))
        return Documents.of(message)
    except (*BROKEN, zlib.error):
        raise FileUnreadable("It is not a .spacy file, or damaged.") from None


def _message(packed: bytes) -> Any:
    # With a hook of its own, srsly does not let the message describe arrays to be made.
    return msgpack.unpackb(packed, raw=False, object_pairs_hook=dict)


def _inflated(packed: bytes) -> bytes:
    inflater = zlib.decompressobj()
    unpacked = inflater.decompress(packed, MAX_UNPACKED_BYTES)
    if inflater.unconsumed_tail:
        raise FileUnreadable(f"It unpacks to over {MAX_UNPACKED_BYTES:,} bytes; split it.")
    if not inflater.eof:
        raise FileUnreadable("It is cut off.")
    return unpacked


@dataclass(frozen=True)
class Documents:
    """A `DocBin`'s message; document n has the tokens from `ends[n]` to `ends[n + 1]`."""

    message: Mapping[str, Any]
    strings: StringStore
    tokens: Any
    spaces: Any
    ends: Any
    columns: Mapping[int, int]

    @classmethod
    def of(cls, message: Mapping[str, Any]) -> Documents:
        """Check that the parts fit each other. Raises: any of `BROKEN`."""
        attributes = list(message["attrs"])
        tokens = np.frombuffer(message["tokens"], dtype="uint64").reshape(-1, len(attributes))
        spaces = np.frombuffer(message["spaces"], dtype=bool)
        lengths = np.frombuffer(message["lengths"], dtype="int32").astype("int64")
        ends = np.concatenate([[0], np.cumsum(lengths)])
        if (lengths < 0).any() or ends[-1] != len(tokens) or len(spaces) != len(tokens):
            raise ValueError("the lengths do not add up")
        columns = {attribute: place for place, attribute in enumerate(attributes)}
        return cls(message, StringStore(message["strings"]), tokens, spaces, ends, columns)

    def __len__(self) -> int:
        return len(self.ends) - 1

    def fields(self, number: int) -> dict[str, Any]:
        """Return the document's columns. Raises: any of `BROKEN`."""
        words, spaces = self._words(number)
        text, starts = _joined(words, spaces)
        group = self._group(number)
        entities = self._entities(number, words, starts)
        spans = group if entities is None else entities
        cats, answer = _cats(self._part("cats", number))
        fields = {"text": text, "spans": spans, SPAN_GROUP: group, "cats": cats}
        return fields | {"answer": answer, "meta": self._meta(number)}

    def _part(self, name: str, number: int) -> Any:
        parts = self.message.get(name)
        return parts[number] if parts else None

    def _column(self, name: str, number: int) -> list[int] | None:
        place = self.columns.get(IDS[name])
        if place is None:
            return None
        column: list[int] = self.tokens[self.ends[number] : self.ends[number + 1], place].tolist()
        return column

    def _words(self, number: int) -> tuple[list[str], list[bool]]:
        words = [self.strings[key] for key in self._column("ORTH", number) or ()]
        spaces = self.spaces[self.ends[number] : self.ends[number + 1]].tolist()
        if (self._part("flags", number) or {}).get("has_unknown_spaces"):
            # spaCy then puts a space behind every word; the last one stands for nothing.
            spaces = [True] * (len(words) - 1) + [False] if words else []
        return words, spaces

    def _entities(self, number: int, words: list[str], starts: list[int]) -> list[Span] | None:
        """Return the entities, or None where the document does not say."""
        marks, labels = self._column("ENT_IOB", number), self._column("ENT_TYPE", number)
        if marks is None or labels is None or not any(marks):
            return None
        spans: list[Span] = []
        before = OUTSIDE
        for mark, label, word, start in zip(marks, labels, words, starts, strict=True):
            if mark == BEGIN or (mark == INSIDE and before not in (BEGIN, INSIDE)):
                spans.append({"start": start, "label": self.strings[label]})
            if mark in (BEGIN, INSIDE):
                spans[-1]["end"] = start + len(word)
            before = mark
        return spans

    def _group(self, number: int) -> list[Span] | None:
        packed = self._part("span_groups", number)
        groups = _message(packed) if packed else None
        if not isinstance(groups, dict):
            return None
        for group, names in groups.items():
            if SPAN_GROUP in names:
                spans = _message(group)["spans"]
                return [self._span(span) for span in spans]
        return None

    def _span(self, packed: bytes) -> Span:
        _, _, label, _, _, start, end = SPAN.unpack(packed)
        return {"start": start, "end": end, "label": self.strings[label]}

    def _meta(self, number: int) -> Any:
        packed = self._part("user_data", number)
        data = _message(packed) if packed else {}
        return data.get("meta") if isinstance(data, dict) else None


def _joined(words: list[str], spaces: list[bool]) -> tuple[str, list[int]]:
    parts, starts, at = [], [], 0
    for word, space in zip(words, spaces, strict=True):
        starts.append(at)
        parts.append(word + " " if space else word)
        at += len(parts[-1])
    return "".join(parts), starts


def _cats(cats: Any) -> tuple[dict[str, float] | list[str] | None, str | None]:
    """Return the labels and the answer; a lone label that is wrong is a `no` to this label."""
    if not cats:
        return None, None
    if len(cats) == 1 and not any(cats.values()):
        return list(cats), Verdict.REJECT.value
    return dict(cats), None
