"""Checking spaCy's token patterns with spaCy itself."""

from __future__ import annotations

from functools import cache
from typing import Any

MAX_TOKENS = 100


def token_pattern_problem(pattern: list[Any]) -> str | None:
    """Return why spaCy's matcher would not take the pattern, or None.

    Attributes that only a trained pipeline sets (LEMMA, POS, ...) are refused as well: rules run on
    a blank one, where they could never match.
    """
    from spacy.matcher import Matcher

    if not 0 < len(pattern) <= MAX_TOKENS:
        return f"A token pattern has 1 to {MAX_TOKENS} tokens."
    nlp = _blank()
    try:
        matcher = Matcher(nlp.vocab, validate=True)
        matcher.add("pattern", [pattern])
        matcher(nlp.make_doc("a trial"))
    except Exception as error:  # spaCy raises whatever its reading of the pattern meets
        return f"Not a token pattern: {' '.join(str(error).split())[:300]}"
    return None


@cache
def _blank() -> Any:
    import spacy

    return spacy.blank("en")
