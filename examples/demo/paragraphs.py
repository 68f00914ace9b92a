"""Real text with gold spans, out of the API documentation that botocore carries.

Its paragraphs mark words with `<code>`, and the same file says whether a marked word is an
operation, a field of a shape or a value of an enum. Strip the marks and plain text with OPERATION,
FIELD and VALUE spans is left.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from itertools import islice
from pathlib import Path
from typing import Any

import botocore

LABELS = ("OPERATION", "FIELD", "VALUE")
SERVICES = 12
UNSEEN_SERVICES = 12
MIN_CODEPOINTS, MAX_CODEPOINTS = 40, 600
BLOCKS = frozenset(
    {"p", "li", "dt", "dd", "ul", "ol", "dl", "note", "important", "div", "br", "h3"}
)


@dataclass(frozen=True)
class Paragraph:
    """Plain text and its gold spans: (start, end, label) in code points, end excluded."""

    service: str
    text: str
    spans: tuple[tuple[int, int, str], ...]

    def as_row(self) -> dict[str, Any]:
        """Return the paragraph as a row of Prodigy's JSONL format."""
        spans = [{"start": s, "end": e, "label": label} for s, e, label in self.spans]
        return {
            "text": self.text,
            "spans": spans,
            "answer": "accept",
            "meta": {"service": self.service},
        }


class ParagraphParser(HTMLParser):
    """Split documentation into blocks of text, noting which runs stood inside `<code>`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[tuple[str, list[tuple[int, int]]]] = []
        self._text = ""
        self._marks: list[tuple[int, int]] = []
        self._code_start: int | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self.end_block()
        elif tag == "code":
            self._code_start = len(self._text)

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.end_block()
        elif tag == "code" and self._code_start is not None:
            self._marks.append((self._code_start, len(self._text)))
            self._code_start = None

    def handle_data(self, data: str) -> None:
        data = re.sub(r"\s+", " ", data)
        if not self._text or self._text.endswith(" "):
            data = data.lstrip()
        self._text += data

    def end_block(self) -> None:
        if self._text.strip():
            self.blocks.append((self._text.rstrip(), self._marks))
        self._text, self._marks, self._code_start = "", [], None


def documentation_of(node: Any) -> Iterator[str]:
    """Yield every `documentation` string of a service file, in file order."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "documentation" and isinstance(value, str):
                yield value
            else:
                yield from documentation_of(value)
    elif isinstance(node, list):
        for value in node:
            yield from documentation_of(value)


def names_of(service: dict[str, Any]) -> dict[str, str]:
    """Map each name of the service to its label; an operation outranks a field, that a value."""
    shapes = service["shapes"].values()
    values = {value for shape in shapes for value in shape.get("enum", ())}
    fields = {name for shape in shapes for name in shape.get("members", ())}
    names = dict.fromkeys(values, "VALUE") | dict.fromkeys(fields, "FIELD")
    return names | dict.fromkeys(service["operations"], "OPERATION")


def paragraphs_of(name: str, service: dict[str, Any]) -> Iterator[Paragraph]:
    """Yield the service's paragraphs that carry at least one labelled mark."""
    names = names_of(service)
    for documentation in documentation_of(service):
        parser = ParagraphParser()
        parser.feed(documentation)
        parser.end_block()
        for text, marks in parser.blocks:
            spans = tuple(
                (start, end, names[text[start:end]])
                for start, end in marks
                if text[start:end] in names
            )
            if spans and MIN_CODEPOINTS <= len(text) <= MAX_CODEPOINTS:
                yield Paragraph(service=name, text=text, spans=spans)


def services_by_size() -> list[tuple[str, Path]]:
    """Return (name, newest description file) of every service, largest file first."""
    data = Path(botocore.__file__).parent / "data"
    newest = {path.parent.parent.name: path for path in sorted(data.glob("*/*/service-2.json.gz"))}
    return sorted(newest.items(), key=lambda item: (-item[1].stat().st_size, item[0]))


def largest_services(count: int = SERVICES, *, skip: int = 0) -> Iterator[list[Paragraph]]:
    """Yield the labelled paragraphs of the largest services that mark any, `skip` of them later."""
    every = (
        list(paragraphs_of(name, json.loads(gzip.decompress(path.read_bytes()))))
        for name, path in services_by_size()
    )
    yield from islice((paragraphs for paragraphs in every if paragraphs), skip, skip + count)


def folded(text: str) -> str:
    """Fold case, digits and spaces away, so that near-duplicates look alike."""
    return re.sub(r"[\d\s]+", "", text.casefold())


@cache
def distinct_paragraphs() -> tuple[Paragraph, ...]:
    """Return the labelled paragraphs of the largest services, one per folded text."""
    seen: dict[str, Paragraph] = {}
    for paragraph in (paragraph for service in largest_services() for paragraph in service):
        seen.setdefault(folded(paragraph.text), paragraph)
    return tuple(seen.values())


def unseen_paragraphs(count: int, seed: int = 0) -> list[Paragraph]:
    """Return paragraphs of the services after the largest: of none is anything annotated, and no
    folded text stands on both sides.
    """
    seen = {folded(paragraph.text) for paragraph in distinct_paragraphs()}
    fresh: dict[str, Paragraph] = {}
    for service in largest_services(UNSEEN_SERVICES, skip=SERVICES):
        for paragraph in service:
            key = folded(paragraph.text)
            if key not in seen:
                fresh.setdefault(key, paragraph)
    return random.Random(seed).sample(list(fresh.values()), count)


def demo_paragraphs(
    to_annotate: int, held_back: int, seed: int = 0
) -> tuple[list[Paragraph], list[Paragraph]]:
    """Return (to annotate, held back) out of one seeded shuffle; they share no folded text."""
    paragraphs = list(distinct_paragraphs())
    random.Random(seed).shuffle(paragraphs)
    return paragraphs[held_back : held_back + to_annotate], paragraphs[:held_back]
