"""Save a label scheme as a whole: ids are kept, what is left out is retired, nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from annex.contract.enums import Role
from django.db import transaction

from controlplane.accounts.actors import Actor, require_role
from controlplane.audit.actions import record
from controlplane.lib.errors import InvalidRequest
from controlplane.projects.choices import LABEL_COLOURS, LABEL_KEYS
from controlplane.projects.errors import SchemeChanged
from controlplane.projects.models import Label, Project
from controlplane.projects.snapshots import send_project_snapshot


@dataclass(frozen=True)
class LabelDraft:
    """One label as the caller wants it. No id: new. No colour or key: chosen here."""

    name: str
    id: UUID | None = None
    colour: str | None = None
    key: str | None = None
    retired: bool = False


@transaction.atomic
def save_labels(
    *, actor: Actor, project: Project, labels: list[LabelDraft], version: int | None = None
) -> Project:
    """Replace the scheme; labels keep their ids and the order given, absent ones are retired.

    Args: version: the version the caller looked at; None to save whatever it is now.
    Raises: SchemeChanged, InvalidRequest naming the field (customer).
    """
    require_role(actor, Role.DEVELOPER)
    project = Project.objects.select_for_update().get(pk=project.pk)
    if version is not None and version != project.labels_version:
        raise SchemeChanged(field="version")
    known = {label.id: label for label in project.labels.all()}
    check_labels(labels, set(known))
    # First out of the way, so that two labels can swap their names.
    project.labels.update(retired=True)
    rows = [_row(project, known, draft) for draft in labels]
    _fill_in(rows, labels)
    _write(project, rows, known)
    project.labels_version += 1
    project.save(update_fields=["labels_version"])
    record(actor=actor, verb="labels.saved", noun="project", noun_id=project.id)
    send_project_snapshot(project.id)
    return project


def add_labels(project: Project, names: list[str]) -> list[Label]:
    """Add labels behind the others, each with a free colour and key; the caller has the lock."""
    present = list(project.labels.all())
    made = [_row(project, {}, LabelDraft(name)) for name in names]
    colours = _unused(LABEL_COLOURS, {label.colour for label in present})
    keys = _unused(tuple(LABEL_KEYS), {label.key for label in present if label.key})
    for position, label in enumerate(made, start=len(present)):
        label.position = position
        label.colour = next(colours, LABEL_COLOURS[position % len(LABEL_COLOURS)])
        label.key = next(keys, None)
        label.save(force_insert=True)
    return made


def check_labels(labels: list[LabelDraft], known: set[UUID]) -> None:
    """Raise InvalidRequest that names every wrong field."""
    errors = [
        {"field": f"labels[{index}].{field}", "message": message}
        for index, field, message in _problems(labels, known)
    ]
    if errors:
        raise InvalidRequest(errors[0]["message"], errors=errors)


def _problems(labels: list[LabelDraft], known: set[UUID]) -> Iterator[tuple[int, str, str]]:
    names: set[str] = set()
    keys: set[str] = set()
    ids: set[UUID] = set()
    for index, label in enumerate(labels):
        if label.id is not None and (label.id not in known or label.id in ids):
            yield index, "id", "This project has no such label, or it is listed twice."
        if not label.retired and label.name in names:
            yield index, "name", "Another label of the scheme has this name."
        if not label.retired and label.key in keys:
            yield index, "key", "Another label of the scheme has this key."
        ids |= {label.id} if label.id else set()
        if not label.retired:
            names.add(label.name)
            keys |= {label.key} if label.key else set()


def _row(project: Project, known: dict[UUID, Label], draft: LabelDraft) -> Label:
    label = known.get(draft.id) if draft.id else None
    label = label or Label(organization_id=project.organization_id, project=project)
    label.name = draft.name
    label.colour = draft.colour or label.colour
    label.key = draft.key
    label.retired = draft.retired
    return label


def _fill_in(rows: list[Label], drafts: list[LabelDraft]) -> None:
    """Give positions, and the first unused colour and key to those without."""
    colours = _unused(LABEL_COLOURS, {row.colour for row in rows})
    keys = _unused(tuple(LABEL_KEYS), {row.key for row in rows if row.key})
    for position, (row, draft) in enumerate(zip(rows, drafts, strict=True)):
        row.position = position
        row.colour = row.colour or next(colours, LABEL_COLOURS[position % len(LABEL_COLOURS)])
        if draft.id is None and row.key is None and not row.retired:
            row.key = next(keys, None)


def _unused(choices: tuple[str, ...], used: set[str]) -> Iterator[str]:
    return iter([choice for choice in choices if choice not in used])


def _write(project: Project, rows: list[Label], known: dict[UUID, Label]) -> None:
    for row in rows:
        row.save(force_insert=row.id not in known)
    left_out = [label.id for label in known.values() if label.id not in {row.id for row in rows}]
    for offset, label_id in enumerate(left_out):
        project.labels.filter(pk=label_id).update(position=len(rows) + offset)
