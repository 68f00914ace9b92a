"""Arcs between parts of a text as the heads of spaCy's tokens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy
from spacy.attrs import SENT_START
from spacy.tokens import Doc

from worker.predictors.base import Arc
from worker.predictors.pipeline import ROOT

Tree = Mapping[int, tuple[int, str]]
"""By a token's position that of its head, itself at the root, and the label."""
DECORATION = "||"
"""What spaCy joins labels with where arcs cross."""


def parsed(doc: Doc, arcs: Tree) -> Doc:
    """Return a copy of the document with its tokens hung up. Args: arcs: as of `tree_of`."""
    reference = Doc(
        doc.vocab,
        words=[token.text for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        heads=[arcs[token.i][0] if token.i in arcs else token.i for token in doc],
        deps=[arcs[token.i][1] if token.i in arcs else "" for token in doc],
    )
    if not all(token.i in arcs or token.is_space for token in doc):
        # spaCy would read a token that hangs from nothing as one that starts no sentence.
        unknown: Any = numpy.zeros((len(doc), 1), dtype="uint64")
        reference.from_array([SENT_START], unknown)
    return reference


def tree_of(doc: Doc, arcs: Iterable[Arc]) -> dict[int, tuple[int, str]]:
    """Return the head and the label of each token whose arc can be learnt, by position.

    Of several arcs of one token the first counts, and what would hang from itself by way of
    others hangs from nothing.
    """
    tree: dict[int, tuple[int, str]] = {}
    for arc in arcs:
        child = token_at(doc, arc.start, arc.end)
        head = token_at(doc, arc.head_start, arc.head_end)
        if child is None or head is None or child in tree:
            continue
        if child == head:
            tree[child] = head, ROOT
        elif is_sayable(arc.label) and child not in ancestors(tree, head):
            tree[child] = head, arc.label
    return tree


def ancestors(tree: Tree, token: int) -> Iterator[int]:
    """Yield what a token hangs from, directly and further up."""
    while token in tree and tree[token][0] != token:
        token = tree[token][0]
        yield token


def token_at(doc: Doc, start: int, end: int) -> int | None:
    """Return the position of the token that a part of the text is, or None."""
    span = doc.char_span(start, end)
    return span.start if span is not None and len(span) == 1 else None


def is_sayable(label: str) -> bool:
    """Whether spaCy's parser can learn a label that is not of a root."""
    return label.upper() != ROOT and DECORATION not in label
