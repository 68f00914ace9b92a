"""Guessing a plan from the first bytes of a file."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable

import orjson
from charset_normalizer import from_bytes

from worker.store.plans import MAX_COLUMN_CODEPOINTS, Encoding, FileFormat, Plan

SAMPLE_BYTES = 256 * 1024
TEXT_COLUMNS = ("text", "content", "body", "comment", "message", "sentence", "review")
CHOICES_COLUMNS = ("accept", "cats")
LONE_CHOICES_COLUMNS = ("label", "labels", "category", "class", "intent")
DELIMITERS = (",", ";", "\t", "|")


def guess_plan(sample: bytes, file_name: str) -> Plan:
    """Return the most likely plan. `sample` is the file's start; its name only breaks ties."""
    encoding = guess_encoding(sample)
    text = sample.decode(
        "utf-8-sig" if encoding is Encoding.UTF_8 else encoding.value, errors="replace"
    )
    columns = _json_columns(text)
    if columns is not None:
        return _plan(FileFormat.JSONL, columns, encoding)
    if file_name.lower().endswith(".txt"):
        return Plan(format=FileFormat.TXT, encoding=encoding)
    delimiter = guess_delimiter(text)
    if delimiter is None and not file_name.lower().endswith((".csv", ".tsv")):
        return Plan(format=FileFormat.TXT, encoding=encoding)
    delimiter = delimiter or ","
    return _plan(FileFormat.CSV, _csv_columns(text, delimiter), encoding, delimiter)


def guess_encoding(sample: bytes) -> Encoding:
    """Return UTF-8 whenever the bytes allow it; else the likeliest of the encodings we read."""
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Encoding.UTF_16
    try:
        # The sample may end inside a character, so its end is not final.
        codecs.getincrementaldecoder("utf-8")().decode(sample, final=False)
        return Encoding.UTF_8
    except UnicodeDecodeError:
        best = from_bytes(sample, cp_isolation=[e.value for e in _EIGHT_BIT]).best()
    return _encoding_named(best.encoding) if best else Encoding.WINDOWS_1252


def guess_delimiter(text: str) -> str | None:
    """Return the delimiter under which the first records are equally, and most, wide."""
    widths = {delimiter: _common_width(text, delimiter) for delimiter in DELIMITERS}
    best = max(widths, key=lambda delimiter: widths[delimiter])
    return best if widths[best] > 1 else None


_EIGHT_BIT = tuple(e for e in Encoding if not e.value.startswith("utf"))


def _encoding_named(name: str) -> Encoding:
    by_codec = {codecs.lookup(e.value).name: e for e in Encoding}
    return by_codec.get(codecs.lookup(name).name, Encoding.WINDOWS_1252)


def _common_width(text: str, delimiter: str) -> int:
    records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        widths = [len(cells) for _, cells in zip(range(20), records, strict=False) if cells]
    except csv.Error:
        return 0
    # The last record of a sample may be cut off.
    whole = widths[:-1] or widths
    return whole[0] if whole and len(set(whole)) == 1 else 0


def _json_columns(text: str) -> list[str] | None:
    first = next((line for line in text.split("\n") if line.strip()), "")
    try:
        value = orjson.loads(first)
    except orjson.JSONDecodeError:
        # A single object longer than the sample, or a first row that is bad: its start tells.
        return ["text"] if first.lstrip().startswith('{"') else None
    return list(value) if isinstance(value, dict) else None


def _plan(
    kind: FileFormat, columns: Iterable[str], encoding: Encoding, delimiter: str = ","
) -> Plan:
    names = [name for name in columns if _is_column(name)]
    return Plan(
        format=kind,
        text_column=_text_column(names),
        spans_column="spans" if "spans" in names else None,
        choices_column=_choices_column(names),
        answer_column="answer" if "answer" in names else None,
        meta_columns=["meta"] if "meta" in names else [],
        encoding=encoding,
        delimiter=delimiter,
    )


def _choices_column(names: list[str]) -> str | None:
    """Return the column of labels; beside spans, `label` says what the spans are."""
    lone = () if "spans" in names else LONE_CHOICES_COLUMNS
    return next((name for name in (*CHOICES_COLUMNS, *lone) if name in names), None)


def _is_column(name: str) -> bool:
    return 0 < len(name) <= MAX_COLUMN_CODEPOINTS and name.isprintable()


def _csv_columns(text: str, delimiter: str) -> list[str]:
    try:
        header = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
    except csv.Error:
        return []
    return [name.strip() for name in header]


def _text_column(names: list[str]) -> str:
    lowered = {name.lower(): name for name in reversed(names)}
    known = next((lowered[name] for name in TEXT_COLUMNS if name in lowered), None)
    return known or (names[0] if names else "text")
