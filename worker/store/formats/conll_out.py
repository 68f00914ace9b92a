"""CoNLL with IOB2 tags: token, tab, tag; a comment says the text where its tokens do not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import orjson
import spacy
from annex.contract.enums import Verdict
from spacy.language import Language

from worker.store.exports import ExportedAnswer
from worker.store.formats.conll import OUTSIDE, TEXT, TEXT_JSON
from worker.store.formats.totals import Exported, Lack, reply_lacking

NamedSpan = tuple[int, int, str]
WORD = re.compile(r"\S+")
LINE_END = re.compile(r"[\r\n]")


def write_conll(path: Path, answers: Iterable[ExportedAnswer]) -> Exported:
    """Write the accepted answers that mark spans, each as one sentence; list what is missing.

    Tokens are split at the edges of spans, so that no span is lost within a token.
    """
    nlp, exported = spacy.blank("xx"), Exported()
    with path.open("w", encoding="utf-8", newline="") as stream:
        for answer in answers:
            lacks = list(lacks_of(answer))
            for lack in lacks:
                exported.note(lack, answer)
            if not any(lack.leaves_out for lack in lacks):
                stream.write(sentence_of(nlp, answer.text, answer.spans or ()))
                exported.written += 1
    return exported


def lacks_of(answer: ExportedAnswer) -> Iterator[Lack]:
    """Say what the format cannot hold of an answer; what leaves it out comes alone."""
    if answer.verdict != Verdict.ACCEPT:
        yield Lack.VERDICT
    elif (reply := reply_lacking(answer)) is not None:
        yield reply
    elif answer.spans is None:
        yield Lack.UNMARKED
    elif any(_has_outer_space(answer.text[start:end]) for start, end, _ in answer.spans):
        yield Lack.SPAN_EDGES
    elif answer.overlaps:
        yield Lack.OVERLAP
    else:
        if answer.relations:
            yield Lack.RELATIONS
        if answer.choices is not None:
            yield Lack.CHOICES
        if answer.note or answer.flagged:
            yield Lack.NOTE
        if answer.meta != "{}":
            yield Lack.META


def sentence_of(nlp: Language, text: str, spans: Sequence[NamedSpan]) -> str:
    """Return the lines of one text, a blank one at the end."""
    places = list(token_places(nlp, text, spans))
    tokens = [text[start:end] for start, end in places]
    lines = [f"{token}\t{tag}" for token, tag in zip(tokens, tags_of(places, spans), strict=True)]
    if " ".join(tokens) != text:
        lines.insert(0, _text_comment(text))
    return "\n".join([*lines, "", ""])


def token_places(nlp: Language, text: str, spans: Sequence[NamedSpan]) -> Iterator[tuple[int, int]]:
    """Yield where tokens start and end, in code points: all of the text but its white space."""
    cuts = {0, len(text)} | {edge for start, end, _ in spans for edge in (start, end)}
    for token in nlp.make_doc(text):
        cuts |= {token.idx, token.idx + len(token)}
    for cut, following in pairwise(sorted(cuts)):
        for word in WORD.finditer(text, cut, following):
            yield word.span()


def tags_of(places: Sequence[tuple[int, int]], spans: Sequence[NamedSpan]) -> Iterator[str]:
    """Yield each token's tag; the spans are sorted, do not overlap and end where tokens do."""
    following = iter(spans)
    span = next(following, None)
    for start, _ in places:
        while span is not None and span[1] <= start:
            span = next(following, None)
        if span is None or start < span[0]:
            yield OUTSIDE
        else:
            yield f"{'B' if start == span[0] else 'I'}-{span[2]}"


def _text_comment(text: str) -> str:
    if LINE_END.search(text):
        return TEXT_JSON + orjson.dumps(text).decode()
    return TEXT + text


def _has_outer_space(marked: str) -> bool:
    return marked != marked.strip()
