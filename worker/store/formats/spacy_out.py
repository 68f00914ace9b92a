"""spaCy's binary format. Tokens are split at the edges of spans, so that no span is lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

import spacy
from annex.contract.enums import Verdict
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from worker.store.exports import ExportedAnswer
from worker.store.formats.totals import Exported

NamedSpan = tuple[int, int, str]


def write_spacy(path: Path, answers: Iterable[ExportedAnswer]) -> Exported:
    """Write the accepted answers as documents; the format has no place for other verdicts.

    Of several accepted answers to one example, each becomes a document. `user_data` holds the meta.
    """
    nlp, found, beyond = spacy.blank("xx"), DocBin(store_user_data=True), 0
    for exported in answers:
        if exported.answer.verdict == Verdict.ACCEPT:
            doc = doc_of(nlp, exported.text, exported.spans)
            doc.user_data["meta"] = exported.answer.example.meta
            found.add(doc)
        else:
            beyond += 1
    found.to_disk(path)
    return Exported(len(found), beyond)


def doc_of(nlp: Language, text: str, spans: Sequence[NamedSpan]) -> Doc:
    """Return a document with exactly this text and exactly these spans as entities."""
    words, spaces = split_words(nlp.make_doc(text), spans)
    doc = Doc(nlp.vocab, words=words, spaces=spaces)
    entities = [doc.char_span(start, end, label=label) for start, end, label in spans]
    if doc.text != text or None in entities:
        raise ValueError("tokens do not add up to the text")
    doc.set_ents([entity for entity in entities if entity is not None])
    return doc


def split_words(doc: Doc, spans: Sequence[NamedSpan]) -> tuple[list[str], list[bool]]:
    """Return words and whether a space follows each, cut at the tokens' and the spans' edges."""
    edges = {edge for start, end, _ in spans for edge in (start, end)}
    trailing = {token.idx + len(token) for token in doc if token.whitespace_}
    text = doc.text  # spaCy joins it anew at every access
    cuts = sorted(edges | trailing | {token.idx for token in doc} | {0, len(text)})
    # A space behind a token belongs to it, unless a span begins or ends with that very space.
    glued = trailing - {start for start, _, _ in spans}
    glued -= {end - 1 for _, end, _ in spans}
    words: list[str] = []
    spaces: list[bool] = []
    for start, end in pairwise(cuts):
        if start in glued and words:
            spaces[-1] = True
        else:
            words.append(text[start:end])
            spaces.append(False)
    return words, spaces
