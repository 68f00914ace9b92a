"""Scripts that are written without spaces, whose characters take the place of words."""

from __future__ import annotations

from collections.abc import Iterable

import regex

UNSPACED = regex.compile(
    r"[\p{Script_Extensions=Han}\p{Script_Extensions=Hiragana}\p{Script_Extensions=Katakana}"
    r"\p{Script=Bopomofo}\p{Script=Thai}\p{Script=Lao}\p{Script=Tibetan}\p{Script=Myanmar}"
    r"\p{Script=Khmer}--\p{P}]",
    regex.V1,
)
_LETTER = regex.compile(r"\p{L}")


def are_mostly_unspaced(texts: Iterable[str]) -> bool:
    """Whether more than half of the texts' letters belong to such scripts."""
    letters = unspaced = 0
    for text in texts:
        letters += len(_LETTER.findall(text))
        unspaced += len(UNSPACED.findall(text))
    return 2 * unspaced > letters
