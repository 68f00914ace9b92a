"""What a model or patterns say of texts, with the labels of the task."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias, TypeVar
from uuid import UUID

from annex.recipes import Asset, Labels, Model, Span

from worker.builtin.sources import batches
from worker.predictors.base import Annotation, Predictor

if TYPE_CHECKING:
    from worker.predictors.pipeline import PipelinePredictor

TEXTS_AT_ONCE = 64
Load: TypeAlias = Callable[[], Predictor]


@dataclass(frozen=True)
class Said:
    """What a predictor says of one text: what is not among the labels is left out."""

    spans: Sequence[Span]
    choices: Sequence[UUID]


class HasText(Protocol):
    """Whatever has a text to predict on."""

    @property
    def text(self) -> str:
        """The text."""


H = TypeVar("H", bound=HasText)


def load_model(model: Model) -> PipelinePredictor:
    """Return a model's predictor. Effects: imports spaCy, which takes a second."""
    from worker.predictors.pipeline import load_folder

    return load_folder(model.path)


def load_patterns(patterns: Asset) -> Predictor:
    """Return what marks the matches of patterns. Raises: BadPatterns."""
    from worker.predictors.rules import RulesPredictor
    from worker.store.pattern_checks import parse_patterns

    parsed = parse_patterns(patterns.path.read_text(encoding="utf-8"))
    return RulesPredictor([*parsed.values()], size_bytes=patterns.path.stat().st_size)


def predict(
    predictor: Predictor | None, labels: Labels, items: Iterable[tuple[int, H]]
) -> Iterator[tuple[int, H, Said | None]]:
    """Yield each item with what is predicted on its text; None where there is no predictor."""
    for batch in batches(items, TEXTS_AT_ONCE):
        said: Iterable[Annotation | None] = [None] * len(batch)
        if predictor is not None:
            said = predictor.predict(item.text for _, item in batch)
        for (place, item), annotation in zip(batch, said, strict=True):
            yield place, item, annotation and said_of(annotation, labels)


def said_of(annotation: Annotation, labels: Labels) -> Said:
    """Return an annotation with ids for the names of its labels."""
    spans = [
        Span(span.start, span.end, labels[span.label])
        for span in annotation.spans
        if span.label in labels
    ]
    return Said(spans, [labels[name] for name in annotation.choices if name in labels])


def predict_names(predictor: Predictor, items: Iterable[H]) -> Iterator[tuple[H, Sequence[str]]]:
    """Yield each item with the names of the labels that a predictor has found in its text."""
    for batch in batches(items, TEXTS_AT_ONCE):
        said = predictor.predict(item.text for item in batch)
        for item, annotation in zip(batch, said, strict=True):
            yield item, [span.label for span in annotation.spans]
