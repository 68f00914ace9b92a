"""How fast a predictor is."""

from __future__ import annotations

import time
from collections.abc import Sequence

import spacy

from worker.predictors.base import Predictor

WARM_TEXTS = 20
MEASURED_WORDS = 40_000


def measure_words_per_second(predictor: Predictor, texts: Sequence[str]) -> float:
    """Return the words (spaCy tokens) a second of a warm run over the texts, on this machine.

    Texts are repeated or cut so that about MEASURED_WORDS words are marked; 0.0 without words.
    """
    words = count_words(texts)
    if not words:
        return 0.0
    wanted = max(1, round(len(texts) * MEASURED_WORDS / words))
    measured = [texts[n % len(texts)] for n in range(min(wanted, 20 * len(texts)))]
    for _ in predictor.predict(measured[:WARM_TEXTS]):
        pass
    words = count_words(measured)
    started = time.perf_counter()
    for _ in predictor.predict(measured):
        pass
    return words / (time.perf_counter() - started)


def count_words(texts: Sequence[str], language: str = "en") -> int:
    """Return how many tokens spaCy's tokeniser of the language finds in the texts."""
    nlp = spacy.blank(language)
    return sum(map(len, nlp.pipe(texts)))
