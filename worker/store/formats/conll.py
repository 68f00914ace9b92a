"""CoNLL and IOB files: a token a line, its tag in a column, a blank line behind each sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any, BinaryIO

import orjson

from worker.store.formats.lines import decoded_lines
from worker.store.formats.rows import Record, RowProblem, RowRefused
from worker.store.plans import Plan

OUTSIDE = "O"
TAG = re.compile(r"O|[BILUESM]-.+", re.DOTALL)
BEGIN, SINGLE, END = "BUS", "US", "LE"
"""First letters of tags that begin an entity, are one alone, and end one: IOB, BILUO, BIOES."""
COMMENT = re.compile(r"#\s+[\w.-]+(?: [\w.-]+)*\s*=")
TEXT, TEXT_JSON = "# text = ", "# text_json = "
RANGE = re.compile(r"\d+[-.]\d+")
"""How CoNLL-U numbers what is no token: words that share one, and words left out."""
DOCUMENT = "-DOCSTART-"
LOOK_AHEAD_LINES = 2000
MIN_CELLS = 2
MAX_TOKENS = 1_000_000


@dataclass(frozen=True)
class Layout:
    """In which cells tokens and tags stand, from 0; negative from the end."""

    token: int = 0
    tag: int = -1
    numbered: bool = False


@dataclass
class Sentence:
    """The lines of one sentence; `line` is where its tokens begin."""

    line: int = 0
    texts: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


def read_conll(stream: BinaryIO, plan: Plan) -> Iterator[Record | RowProblem]:
    """Yield a record or a problem for every sentence: `text` and `spans`.

    The text is that of a comment `# text = …` if the tokens fit it, else the tokens with single
    spaces. IOB1, IOB2, BILUO and BIOES tags are understood alike.
    """
    lines = (line.removesuffix("\n").removesuffix("\r") for line in _lines(stream, plan))
    first = list(islice(lines, LOOK_AHEAD_LINES))
    layout = find_layout(first)
    for sentence in _sentences(chain(first, lines)):
        try:
            text, spans = read_sentence(sentence, layout)
        except RowRefused as refused:
            yield RowProblem(sentence.line, refused.code, refused.message)
        else:
            if text:
                yield Record(sentence.line, {"text": text, "spans": spans})


def _lines(stream: BinaryIO, plan: Plan) -> Iterator[str]:
    return decoded_lines(stream, plan.encoding)


def find_layout(lines: Sequence[str]) -> Layout:
    """Return where tokens and tags stand: by a counter in front, and by what looks like tags.

    Of several columns of tags the last counts, as in CoNLL-2003; behind a counter the first.
    """
    rows = [cells_of(line) for line in lines if line.strip(" \t") and not is_comment(line)]
    rows = [row for row in rows if len(row) >= MIN_CELLS and row[0] != DOCUMENT]
    if not rows:
        return Layout()
    width = min(map(len, rows))
    numbered = width > MIN_CELLS and all(re.match(r"\d+([-.]\d+)?$", row[0]) for row in rows)
    token = 1 if numbered else 0
    tags = [n for n in range(token + 1, width) if all(TAG.fullmatch(row[n]) for row in rows)]
    if not tags:
        return Layout(token, -1, numbered)
    return Layout(token, tags[0] if numbered else tags[-1], numbered)


def looks_like_conll(text: str) -> bool:
    """Tell whether the start of a file is CoNLL: every line but the last, cut one ends in a tag."""
    lines = [line.rstrip("\r") for line in text.split("\n")[:LOOK_AHEAD_LINES]]
    layout = find_layout(lines[:-1] if text and not text.endswith("\n") else lines)
    return layout.tag > 0 and any(
        len(cells := cells_of(line)) > layout.tag and cells[layout.tag] != OUTSIDE
        for line in lines
        if line and not is_comment(line)
    )


def is_comment(line: str) -> bool:
    """Tell a comment from a token that begins with `#`: a token has a tag."""
    if not line.startswith("#"):
        return False
    return bool(COMMENT.match(line)) or not TAG.fullmatch(cells_of(line)[-1])


def cells_of(line: str) -> list[str]:
    """Return the cells, parted by tabs if there are any; a no-break space is part of a token."""
    return line.split("\t") if "\t" in line else re.split(" +", line.strip(" "))


def _sentences(lines: Iterator[str]) -> Iterator[Sentence]:
    sentence = Sentence()
    for number, line in enumerate(chain(lines, [""]), start=1):
        if not line.strip(" \t"):
            if sentence.rows:
                yield sentence
            sentence = Sentence()
        elif not sentence.rows and is_comment(line):
            sentence.texts.append(line)
        elif len(sentence.rows) < MAX_TOKENS:
            sentence.line = sentence.line or number
            sentence.rows.append(cells_of(line))


def read_sentence(sentence: Sentence, layout: Layout) -> tuple[str, list[dict[str, Any]]]:
    """Return text and spans; an empty text where a document begins. Raises: RowRefused."""
    rows = sentence.rows[1:] if sentence.rows[0][0] == DOCUMENT else sentence.rows
    if layout.numbered:
        rows = [row for row in rows if not RANGE.fullmatch(row[0])]
    needed = max(layout.token, layout.tag, MIN_CELLS - 1)
    if any(len(row) <= needed for row in rows):
        raise RowRefused("row.too_few_cells", "A line of this sentence has too few columns.")
    tokens = [row[layout.token] for row in rows]
    if not all(tokens):
        raise RowRefused("row.token_missing", "A line of this sentence has no token.")
    text, starts = place_tokens(tokens, sentence.texts)
    return text, spans_of([row[layout.tag] for row in rows], tokens, starts)


def place_tokens(tokens: Sequence[str], comments: Sequence[str]) -> tuple[str, list[int]]:
    """Return the text and where each token starts in it, in code points."""
    for comment in comments:
        text = _said_text(comment)
        if text is not None and (starts := _starts(tokens, text)) is not None:
            return text, starts
    text = " ".join(tokens)
    return text, _starts(tokens, text) or []


def _said_text(comment: str) -> str | None:
    if comment.startswith(TEXT_JSON):
        try:
            text = orjson.loads(comment.removeprefix(TEXT_JSON))
        except orjson.JSONDecodeError:
            return None
        return text if isinstance(text, str) else None
    return comment.removeprefix(TEXT) if comment.startswith(TEXT) else None


def _starts(tokens: Sequence[str], text: str) -> list[int] | None:
    """Return the tokens' places, or None unless they are all of the text but its white space."""
    starts, at = [], 0
    for token in tokens:
        start = text.find(token, at)
        if start < 0 or text[at:start].strip():
            return None
        starts.append(start)
        at = start + len(token)
    return None if text[at:].strip() else starts


def spans_of(
    tags: Sequence[str], tokens: Sequence[str], starts: Sequence[int]
) -> list[dict[str, Any]]:
    """Return the spans that the tags say. Raises: RowRefused for what is no tag."""
    spans: list[dict[str, Any]] = []
    current: dict[str, Any] | None = None
    for tag, token, start in zip(tags, tokens, starts, strict=True):
        if not TAG.fullmatch(tag):
            raise RowRefused("tag.unknown", f"{tag[:40]!r} is not a tag of IOB, BILUO or BIOES.")
        letter, _, label = tag.partition("-")
        if letter == OUTSIDE:
            current = None
            continue
        if current is None or letter in BEGIN or current["label"] != label:
            current = {"start": start, "label": label}
            spans.append(current)
        current["end"] = start + len(token)
        if letter in SINGLE + END:
            current = None
    return spans
