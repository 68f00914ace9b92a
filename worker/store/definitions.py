"""What counts as each label, with examples. Free text: it stays on the cluster."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from worker.projects.models import Label
from worker.store.models import LabelDefinition

MAX_TEXT_CODEPOINTS = 5000
MAX_EXAMPLE_CODEPOINTS = 500
MAX_EXAMPLES = 20


@dataclass(frozen=True)
class DefinedLabel:
    """A label of the scheme in use, with what is written about it, if anything."""

    label: Label
    definition: LabelDefinition


def defined_labels(project_id: UUID) -> list[DefinedLabel]:
    """Return the project's labels in the order of the scheme, without retired ones."""
    labels = list(Label.objects.filter(project_id=project_id, retired=False))
    written = LabelDefinition.objects.in_bulk([label.id for label in labels])
    return [
        DefinedLabel(label, written.get(label.id) or _empty(project_id, label.id))
        for label in labels
    ]


def write_definition(
    project_id: UUID, label_id: UUID, *, text: str, counts: list[str], counts_not: list[str]
) -> None:
    """Write what counts as the label, in the place of what was written before."""
    LabelDefinition.objects.update_or_create(
        id=label_id,
        project_id=project_id,
        defaults={"text": text, "counts": counts, "counts_not": counts_not},
    )


def _empty(project_id: UUID, label_id: UUID) -> LabelDefinition:
    return LabelDefinition(id=label_id, project_id=project_id)
