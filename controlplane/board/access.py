"""The only way from an outside id to a model; missing equals forbidden."""

from __future__ import annotations

from uuid import UUID

from controlplane.board.models import TrainedModel
from controlplane.lib.querysets import get_or_not_found
from controlplane.projects.models import Project


def access_model(project: Project, model_id: UUID) -> TrainedModel:
    """Return a model of a project that has already been accessed."""
    return get_or_not_found(TrainedModel.objects.filter(project=project), model_id)
