"""What every predictor of a project says about one text. Nothing of it is stored or logged."""

from __future__ import annotations

import time
from dataclasses import dataclass
from threading import Lock
from uuid import UUID

from annex.contract.enums import PredictorKind
from annex.contract.recipes import PredictorRef

from common.errors import AnnexError
from worker.predictors.base import Annotation, Predictor
from worker.predictors.combined import CombinedPredictor
from worker.training.relabelling import relabelled
from worker.workbench.loaded import Known, Shelf, combinations_of, predictors_of

MAX_CODEPOINTS = 5000

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
