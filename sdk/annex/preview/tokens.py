"""Where words begin and end, near enough to how a cluster cuts them: marks snap to these edges."""

from __future__ import annotations

import unicodedata

ZERO_WIDTH_JOINER = "\u200d"
UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "BOPOMOFO", "THAI", "LAO", "TIBETAN", "MYANMAR", "KHMER")

Edges = list[tuple[int, int]]


def token_edges(text: str) -> Edges:
    """Return (start, end) of each word and sign, in code points, end excluded."""
    edges: Edges = []
    before = " "
    for at, character in enumerate(text):
        kind = _kind_of(character)
        belongs = kind == before == "word" or kind == "mark" or _joins(text, at)
        if kind == "blank":
            before = kind
        elif belongs and edges and edges[-1][1] == at:
            edges[-1] = (edges[-1][0], at + 1)
            before = before if kind == "mark" else kind
        else:
            edges.append((at, at + 1))
            before = kind
    return edges


def _joins(text: str, at: int) -> bool:
    return at > 0 and text[at - 1] == ZERO_WIDTH_JOINER


def _kind_of(character: str) -> str:
    if character.isspace():
        return "blank"
    category = unicodedata.category(character)
    # Combining marks, joiners, and the skin tones of emoji.
    if category.startswith("M") or category == "Cf" or "\U0001f3fb" <= character <= "\U0001f3ff":
        return "mark"
    if character.isalnum() or character == "_":
        is_unspaced = unicodedata.name(character, "").startswith(UNSPACED)
        return "sign" if is_unspaced else "word"
    return "sign"
