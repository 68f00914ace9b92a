"""Predictors that stay loaded in this process between two requests; few, and the newest used."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from uuid import UUID

from annex.contract.enums import AssetKind, AssetState, Component, PredictorKind
from annex.contract.recipes import PredictorRef

from worker.predictors.base import Predictor
from worker.predictors.loading import load_predictor
from worker.projects.models import Combination, ModelName
from worker.store.models import Asset
from worker.training.models import TrainedModel

MAX_LOADED = 8
MAX_RULES = 3
MAX_MODELS = 5
MAX_COMBINATIONS = 3


@dataclass(frozen=True)
class Known:
    """A predictor of a project; another `version` is another predictor."""

    kind: PredictorKind
    id: UUID
    name: str
    version: int = 0


class Shelf:
    """Loads predictors and keeps some; safe to share among threads.

    Raises, when asked for one: PredictorMissing, BadPatterns (customer).
    """

    def __init__(self, size: int = MAX_LOADED) -> None:
        self._size = size
        self._lock = Lock()
        self._loaded: OrderedDict[tuple[UUID, UUID, int], Predictor] = OrderedDict()

    def get(self, known: Known, project_id: UUID) -> Predictor:
        """Return a predictor of the project, loading it when it does not lie here."""
        # By the project too: what lies here for one is not there for another.
        key = (project_id, known.id, known.version)
        with self._lock:
            found = self._loaded.pop(key, None)
            predictor = found or load_predictor(known.kind, known.id, project_id=project_id)
            self._loaded[key] = predictor
            while len(self._loaded) > self._size:
                self._loaded.popitem(last=False)
            return predictor


def predictors_of(project_id: UUID) -> list[Known]:
    """Return a project's rules, then its models, the newest of each first."""
    rules = Asset.objects.filter(
        project_id=project_id, kind=AssetKind.PATTERNS.value, state=AssetState.READY.value
    )
    trained = TrainedModel.objects.filter(project_id=project_id)
    models = trained.exclude(component=Component.TOK2VEC.value).order_by("-trained_at")[:MAX_MODELS]
    names = dict(ModelName.objects.filter(project_id=project_id).values_list("id", "name"))
    return [
        *(
            Known(PredictorKind.RULES, row.id, row.name, row.version)
            for row in rules.order_by("name", "id")[:MAX_RULES]
        ),
        *(Known(PredictorKind.MODEL, row.id, names.get(row.id, "")) for row in models),
    ]


def known_predictor(project_id: UUID, ref: PredictorRef) -> Known:
    """Return rules or a model as the shelf knows them; whether they are there it finds out."""
    version = 0
    if ref.kind is PredictorKind.RULES:
        rules = Asset.objects.filter(id=ref.id, project_id=project_id)
        version = rules.values_list("version", flat=True).first() or 0
    return Known(ref.kind, ref.id, "", version)


def combinations_of(project_id: UUID) -> list[tuple[Known, Known, Known]]:
    """Return a project's combinations by name, each with its rules and its model."""
    found = list(Combination.objects.filter(project_id=project_id).order_by("name", "id"))
    rules = Asset.objects.in_bulk([each.rules for each in found])
    return [
        (
            Known(PredictorKind.COMBINED, each.id, each.name),
            Known(PredictorKind.RULES, each.rules, "", rules[each.rules].version),
            Known(PredictorKind.MODEL, each.model, ""),
        )
        for each in found[:MAX_COMBINATIONS]
        if each.rules in rules
    ]
