"""What can suggest or be measured in a project: ready rules, trained models, both as one."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from annex.contract.enums import AssetKind, AssetState, Component, PredictorKind
from annex.contract.recipes import PredictorRef

from controlplane.lib.errors import InvalidRequest
from controlplane.projects.models import Asset, Project


@dataclass(frozen=True)
class Predictor:
    """A predictor with the name people gave it."""

    kind: PredictorKind
    id: UUID
    name: str


def predictors_of(project: Project) -> list[Predictor]:
    """Return the rules, then the models, then those that are both, each by name."""
    trained = project.trained_models.filter(trained_at__isnull=False)
    models = trained.exclude(component=Component.TOK2VEC.value).order_by("name")
    return [
        *(Predictor(PredictorKind.RULES, row.id, row.name) for row in ready_rules(project)),
        *(Predictor(PredictorKind.MODEL, row.id, row.name) for row in models),
        *(
            Predictor(PredictorKind.COMBINED, row.id, row.name)
            for row in project.combinations.order_by("name")
        ),
    ]


def ready_rules(project: Project) -> list[Asset]:
    """Return the pattern assets whose patterns the cluster has checked."""
    return list(
        project.assets.filter(kind=AssetKind.PATTERNS.value, state=AssetState.READY.value).order_by(
            "name"
        )
    )


def check_predictor(project: Project, predictor: PredictorRef, *, field: str) -> Predictor:
    """Return the project's predictor with this kind and id.

    Raises: InvalidRequest naming `field` when there is none that is ready.
    """
    for known in predictors_of(project):
        if (known.kind, known.id) == (predictor.kind, predictor.id):
            return known
    raise InvalidRequest("There is no such predictor that is ready in this project.", field=field)


def check_suggesting(project: Project, predictor: PredictorRef, *, field: str) -> Predictor:
    """Return the project's predictor, as above, when annotators can be shown what it says.

    Raises: InvalidRequest naming `field` too where that is how parts of a text are related.
    """
    known = check_predictor(project, predictor, field=field)
    relating = project.trained_models.filter(pk=known.id, component=Component.PARSER.value)
    if known.kind is PredictorKind.MODEL and relating.exists():
        said = "This model says what words hang from; annotators are shown no such suggestions."
        raise InvalidRequest(said, field=field)
    return known
