"""Predictions under the labels of today, by predictors that learned those of former times."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from annex.contract.enums import Component, PredictorKind
from annex.contract.recipes import PredictorRef

from worker.predictors.base import Annotation, Predictor
from worker.predictors.combined import CombinedPredictor
from worker.predictors.loading import load_predictor, parts_of
from worker.store.label_maps import label_map
from worker.training.corpus import label_ids, label_names
from worker.training.models import TrainedModel

NameMap = Mapping[str, str | None]
"""By a label's name as the predictor says it its name today; None: it was deleted."""


class Relabelled:
    """Another predictor, in other words."""

    def __init__(self, predictor: Predictor, names: NameMap) -> None:
        self._predictor, self._names = predictor, names

    @property
    def component(self) -> Component:
        """What it predicts."""
        return self._predictor.component

    @property
    def size_bytes(self) -> int:
        """What it takes on disk."""
        return self._predictor.size_bytes

    def predict(self, texts: Iterable[str]) -> Iterator[Annotation]:
        """Yield each text's annotation under today's names."""
        return (relabel(annotation, self._names) for annotation in self._predictor.predict(texts))


def predictor_today(ref: PredictorRef, project_id: UUID, *, held_back: bool = False) -> Predictor:
    """Load a predictor of the project, in the labels of today; of a combination each part is.

    Args: held_back: in the labels that the project's evaluation answers have.
    Raises: PredictorMissing, BadPatterns (both customer).
    """
    if ref.kind is PredictorKind.COMBINED:
        parts = parts_of(ref.id, project_id)
        return CombinedPredictor(
            *(predictor_today(part, project_id, held_back=held_back) for part in parts)
        )
    loaded = load_predictor(ref.kind, ref.id, project_id=project_id)
    return relabelled(loaded, ref, project_id, held_back=held_back)


def relabelled(
    predictor: Predictor, ref: PredictorRef, project_id: UUID, *, held_back: bool = False
) -> Predictor:
    """Return the predictor so that it follows what was renamed, merged and deleted since.

    Args: held_back: as far as the project's evaluation answers have followed.
    """
    names = names_today(ref, project_id, held_back=held_back)
    return Relabelled(predictor, names) if names else predictor


def names_today(ref: PredictorRef, project_id: UUID, *, held_back: bool) -> dict[str, str | None]:
    """Return those names of a predictor's labels that mean something else by now."""
    became, names = label_map(project_id, held_back=held_back), label_names(project_id)
    today: dict[str, str | None] = {}
    for name, label in _labels_of(ref, project_id).items():
        successor = became.get(label, label)
        today[name] = None if successor is None else names.get(successor, name)
    return {name: now for name, now in today.items() if now != name}


def relabel(annotation: Annotation, names: NameMap) -> Annotation:
    """Return the annotation under other names; of two that are one now, the surer score counts."""
    spans = [
        span._replace(label=label)
        for span in annotation.spans
        if (label := names.get(span.label, span.label)) is not None
    ]
    choices = (names.get(choice, choice) for choice in annotation.choices)
    scores: dict[str, float] = {}
    for name, score in annotation.scores.items():
        label = names.get(name, name)
        if label is not None:
            scores[label] = max(score, scores.get(label, 0.0))
    arcs = tuple(
        arc._replace(label=label)
        for arc in annotation.arcs
        if (label := names.get(arc.label, arc.label)) is not None
    )
    return Annotation(spans, list(dict.fromkeys(c for c in choices if c is not None)), scores, arcs)


def _labels_of(ref: PredictorRef, project_id: UUID) -> dict[str, str]:
    """Return the ids of the labels that a predictor gives, by the names it knows them under."""
    if ref.kind is PredictorKind.MODEL:
        learned = TrainedModel.objects.filter(id=ref.id).values_list("labels", flat=True).first()
        return dict(learned or {})
    return {name: str(label) for name, label in label_ids(project_id).items()}
