"""What every predictor of a project says about one text. Nothing of it is stored or logged."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from uuid import UUID

from annex.contract.enums import Component, PredictorKind
from annex.contract.recipes import PredictorRef

from common.errors import AnnexError
from worker.predictors.base import Annotation, Predictor
from worker.predictors.combined import CombinedPredictor
from worker.predictors.loading import parts_of
from worker.training.relabelling import relabelled
from worker.workbench.loaded import (
    Known,
    Shelf,
    combinations_of,
    known_predictor,
    predictors_of,
)

MAX_CODEPOINTS = 5000
MAX_CASES = 100
MAX_CASE_CODEPOINTS = 20_000
MAX_CODEPOINTS_AT_ONCE = 200_000
"""A pipeline reads this much in about two seconds."""

SHELF = Shelf()
_asking = Lock()
"""spaCy's vocabularies grow while they read: one text at a time in a process."""


@dataclass(frozen=True)
class Said:
    """What one predictor says, in how many milliseconds; `annotation` is None when it could not.

    `among` are the predictors that it is made of; one, unless nobody has made them a predictor yet.
    """

    among: tuple[Known, ...]
    predictor: Predictor | None
    annotation: Annotation | None
    milliseconds: float


def try_text(project_id: UUID, text: str) -> list[Said]:
    """Ask every predictor of the project, in the labels of today.

    While there is no combination, the first rules together with the newest model answer too.
    """
    loaded = [_load(project_id, known) for known in predictors_of(project_id)]
    answers = [_ask((known,), predictor, text) for known, predictor in loaded]
    combinations = combinations_of(project_id)
    if combinations:
        return [*answers, *(_ask(*_join(project_id, *each), text) for each in combinations)]
    together = _combine(loaded)
    return [*answers, _ask(*together, text)] if together else answers


def annotate_texts(
    project_id: UUID, ref: PredictorRef, texts: Sequence[str]
) -> tuple[Component, list[Annotation]]:
    """Return what one predictor of the project marks, and what it says of each text.

    Raises: PredictorMissing, BadPatterns (both customer).
    """
    predictor = _predictor(project_id, ref)
    with _asking:
        return predictor.component, list(predictor.predict(texts))


def _predictor(project_id: UUID, ref: PredictorRef) -> Predictor:
    if ref.kind is PredictorKind.COMBINED:
        decides, proposes = parts_of(ref.id, project_id)
        return CombinedPredictor(_predictor(project_id, decides), _predictor(project_id, proposes))
    loaded = SHELF.get(known_predictor(project_id, ref), project_id)
    return relabelled(loaded, ref, project_id)


def _join(
    project_id: UUID, combination: Known, rules: Known, model: Known
) -> tuple[tuple[Known], Predictor | None]:
    _, decides = _load(project_id, rules)
    _, proposes = _load(project_id, model)
    return (combination,), decides and proposes and CombinedPredictor(decides, proposes)


def _load(project_id: UUID, known: Known) -> tuple[Known, Predictor | None]:
    try:
        predictor = SHELF.get(known, project_id)
    except AnnexError:
        return known, None
    return known, relabelled(predictor, PredictorRef(kind=known.kind, id=known.id), project_id)


def _ask(among: tuple[Known, ...], predictor: Predictor | None, text: str) -> Said:
    if predictor is None:
        return Said(among, None, None, 0.0)
    with _asking:
        started = time.perf_counter()
        annotation = next(iter(predictor.predict([text])))
        return Said(among, predictor, annotation, 1000 * (time.perf_counter() - started))


def _combine(
    loaded: list[tuple[Known, Predictor | None]],
) -> tuple[tuple[Known, ...], Predictor] | None:
    first: dict[PredictorKind, tuple[Known, Predictor]] = {}
    for known, predictor in loaded:
        if predictor is not None and predictor.component.marks_spans:
            first.setdefault(known.kind, (known, predictor))
    if {PredictorKind.RULES, PredictorKind.MODEL} - first.keys():
        return None
    (rules, decides), (model, proposes) = first[PredictorKind.RULES], first[PredictorKind.MODEL]
    return (rules, model), CombinedPredictor(decides, proposes)
