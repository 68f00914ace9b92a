"""spaCy's binary format. Tokens are split at the edges of spans, so that no span is lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
import spacy
from annex.contract.enums import Verdict
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span
from srsly.msgpack import Packer

from worker.store.formats.spacy_in import SPAN_GROUP
from worker.store.formats.totals import Exported, Lack, reply_lacking
from worker.store.spans import overlap_problem

if TYPE_CHECKING:
    from worker.store.exports import ExportedAnswer

NamedSpan = tuple[int, int, str]
ATTRIBUTES = ("ORTH", "ENT_IOB", "ENT_TYPE")
"""What an answer says of a token; `DocBin` writes ten by default, most of them empty here."""


def write_spacy(path: Path, answers: Iterable[ExportedAnswer]) -> Exported:
    """Write the answers that say what is right as documents; there is no place for the others.

    Of several such answers to one example, each becomes a document. `user_data` holds the meta,
    `cats` whether each label that was chosen for any text applies.
    """
    nlp, found, exported = spacy.blank("xx"), DocBin(attrs=ATTRIBUTES), Exported()
    metas: list[bytes | None] = []
    choices: list[tuple[float, list[str] | None]] = []
    # One packer for all: `DocBin` would make one per document, which looks for plug-ins each time.
    packer = Packer(use_bin_type=True)
    for answer in answers:
        if (reply := reply_lacking(answer)) is not None:
            exported.note(reply, answer)
        elif (truth := truth_of(answer)) is not None:
            found.add(doc_of(nlp, answer.text, answer.spans if truth else None))
            choices.append((truth, answer.choices))
            metas.append(packer.pack({"meta": orjson.loads(answer.meta)}))
            if answer.relations:
                exported.note(Lack.RELATIONS, answer)
        else:
            exported.not_expressible += 1
    found.store_user_data, found.user_data = True, metas
    found.cats = cats_of(choices)
    found.to_disk(path)
    exported.written = len(found)
    return exported


def truth_of(exported: ExportedAnswer) -> float | None:
    """Return 1 for what is right, 0 for a single label that is wrong, None for all else."""
    if exported.verdict == Verdict.ACCEPT:
        return 1.0
    is_no = exported.verdict == Verdict.REJECT and len(exported.choices or ()) == 1
    return 0.0 if is_no else None


def cats_of(choices: Sequence[tuple[float, list[str] | None]]) -> list[dict[str, float]]:
    """Return each document's labels with their truth; of a wrong label nothing else is known."""
    labels = sorted({label for _, chosen in choices for label in chosen or ()})
    return [
        {}
        if chosen is None
        else {label: float(label in chosen) for label in labels}
        if truth
        else dict.fromkeys(chosen, 0.0)
        for truth, chosen in choices
    ]


def doc_of(nlp: Language, text: str, spans: Sequence[NamedSpan] | None) -> Doc:
    """Return a document with exactly this text and exactly these spans as entities.

    Where they overlap, as entities cannot, they are the group of spaCy's span categorizer.

    Args: spans: None when nothing is known of them.
    """
    doc, found = doc_with(nlp, text, spans or ())
    if overlap_problem((start, end) for start, end, _ in spans or ()):
        doc.spans[SPAN_GROUP] = found
    elif spans is not None:
        doc.set_ents(found)
    return doc


def doc_with(nlp: Language, text: str, spans: Sequence[NamedSpan]) -> tuple[Doc, list[Span]]:
    """Return a document with exactly this text, and exactly these spans of it."""
    doc = nlp.make_doc(text)
    found = _spans_of(doc, spans)
    if None in found:
        words, spaces = split_words(doc, text, spans)
        doc = Doc(nlp.vocab, words=words, spaces=spaces)
        found = _spans_of(doc, spans)
    if doc.text != text or None in found:
        raise ValueError("tokens do not add up to the text")
    return doc, [span for span in found if span is not None]


def _spans_of(doc: Doc, spans: Sequence[NamedSpan]) -> list[Span | None]:
    return [doc.char_span(start, end, label=label) for start, end, label in spans]


def split_words(doc: Doc, text: str, spans: Sequence[NamedSpan]) -> tuple[list[str], list[bool]]:
    """Return words and whether a space follows each, cut at the tokens' and the spans' edges."""
    edges = {edge for start, end, _ in spans for edge in (start, end)}
    trailing = {token.idx + len(token) for token in doc if token.whitespace_}
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
