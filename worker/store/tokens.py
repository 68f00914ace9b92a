"""Token edges to which marks snap: any language, nothing downloaded, the text untouched.

The blank multi-language tokeniser of spaCy gives the words. Scripts that are written without
spaces fall back to single characters, and no edge ever lies inside a grapheme cluster.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import regex

from worker.store.scripts import UNSPACED

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer

_CLUSTER = regex.compile(r"\X")


def token_edges(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of each token that is not blank, in code points, end excluded."""
    words = _words(text)
    # Plain English needs none of what follows, and is most of what is served.
    if text.isascii():
        return words
    return _snap_to_clusters(text, words)


def _words(text: str) -> list[tuple[int, int]]:
    """Return the edges of the tokeniser's words, read as columns: an object a word costs more."""
    from spacy.attrs import IS_SPACE, LENGTH, SPACY

    columns = _tokenizer()(text).to_array([LENGTH, SPACY, IS_SPACE]).astype("int64")
    lengths, followed, blank = columns.T
    ends = (lengths + followed).cumsum() - followed
    solid = blank == 0
    return list(zip((ends - lengths)[solid].tolist(), ends[solid].tolist(), strict=True))


@cache
def _tokenizer() -> Tokenizer:
    # Imported on first use: it takes a second, and a process that serves no text needs none of it.
    import spacy

    return spacy.blank("xx").tokenizer


def _snap_to_clusters(text: str, words: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join clusters to tokens: a token ends where a word ends and around unspaced characters."""
    ends = {end for _, end in words}
    starts = {start for start, _ in words}
    edges: list[tuple[int, int]] = []
    is_open = False
    for cluster in _CLUSTER.finditer(text):
        start, end = cluster.span()
        if cluster.group().isspace():
            is_open = False
            continue
        alone = UNSPACED.search(cluster.group()) is not None
        if is_open and not alone and start not in starts:
            edges[-1] = (edges[-1][0], end)
        else:
            edges.append((start, end))
        is_open = not alone and end not in ends
    return edges
