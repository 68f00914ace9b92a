"""Make rules and a model into one predictor."""

from __future__ import annotations

from uuid import UUID

from annex.contract.enums import Component, Role
from django.db import IntegrityError, transaction

from controlplane.accounts.actors import Actor, require_role
from controlplane.audit.actions import record
from controlplane.board.models import Combination, TrainedModel
from controlplane.lib.errors import InvalidRequest, NameTaken
from controlplane.projects.models import Asset, Project
from controlplane.projects.predictors import ready_rules
from controlplane.projects.snapshots import send_project_snapshot


@transaction.atomic
def combine(*, actor: Actor, project: Project, name: str, rules: UUID, model: UUID) -> Combination:
    """Make a combination of the project's rules and one of its models; it is a predictor at once.

    Raises: InvalidRequest for parts that are not ready or do not mark spans, NameTaken.
    Effects: the cluster is told.
    """
    require_role(actor, Role.DEVELOPER)
    parts = {"rules": _rules(project, rules), "model": _model(project, model)}
    if project.combinations.filter(**parts).exists():
        raise NameTaken("These rules and this model are one predictor already.", field="model")
    try:
        with transaction.atomic():
            made = Combination.objects.create(
                organization=actor.organization, project=project, name=name, **parts
            )
    except IntegrityError:
        raise NameTaken("A predictor of rules and a model has this name.", field="name") from None
    record(actor=actor, verb="combination.created", noun="combination", noun_id=made.pk)
    send_project_snapshot(project.pk)
    return made


def _rules(project: Project, wanted: UUID) -> Asset:
    for known in ready_rules(project):
        if known.pk == wanted:
            return known
    raise InvalidRequest("The project has no such rules that are ready.", field="rules")


def _model(project: Project, wanted: UUID) -> TrainedModel:
    trained = project.trained_models.filter(pk=wanted, trained_at__isnull=False).first()
    if trained is None:
        raise InvalidRequest("The project has no such model that is trained.", field="model")
    if not Component(trained.component).marks_spans:
        raise InvalidRequest("Rules mark parts of texts, and this model does not.", field="model")
    found: TrainedModel = trained
    return found
