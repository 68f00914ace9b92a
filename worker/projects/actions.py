"""The one writer of the project mirrors."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from annex.contract.enums import TaskState
from annex.contract.inbound import ConfigSnapshot, TaskSnapshot
from django.db import models, transaction
from django.db.models import Q

from common.errors import Conflict
from worker.projects.hooks import AppliedSnapshot, run_followers
from worker.projects.models import (
    BY_RECIPE,
    Combination,
    Label,
    ModelName,
    Person,
    Project,
    Task,
    TaskAnnotator,
)


class SnapshotRefused(Conflict):
    """A snapshot names an id that already belongs to another project of this cluster."""

    code = "snapshot.foreign_id"
    title = "A configuration named something of another project"


@transaction.atomic
def apply_snapshot(snapshot: ConfigSnapshot) -> bool:
    """Make the mirrors equal to the snapshot and let the rooms above follow.

    Returns:  False when this version, or a newer one, has been applied already.
    Effects:  labels that are gone are retired, tasks closed, never deleted; people lose access.
    Raises:   SnapshotRefused (customer): an id belongs to another project.
    """
    project = _newer_project(snapshot)
    if project is None:
        return False
    _refuse_foreign_ids(snapshot)
    _write_labels(snapshot)
    _write_model_names(snapshot)
    _write_combinations(snapshot)
    removed_people = _write_people(snapshot)
    changed, closed = _write_tasks(snapshot)
    run_followers(AppliedSnapshot(snapshot, changed, closed, removed_people))
    return True


def _newer_project(snapshot: ConfigSnapshot) -> Project | None:
    """Lock the project's row and move its version; None when the snapshot is not newer."""
    fields = {"title": snapshot.title}
    Project.objects.bulk_create([Project(id=snapshot.project, **fields)], ignore_conflicts=True)
    project = Project.objects.select_for_update().get(id=snapshot.project)
    if project.version >= snapshot.version and project.version > 0:
        return None
    project.title, project.version = snapshot.title, snapshot.version
    project.save(update_fields=["title", "version"])
    return project


def _refuse_foreign_ids(snapshot: ConfigSnapshot) -> None:
    """A project may not take over rows of another: an id belongs to the project that brought it."""
    owned: list[tuple[type[models.Model], list[UUID]]] = [
        (Label, [label.id for label in snapshot.labels]),
        (Task, [task.id for task in snapshot.tasks]),
        (ModelName, [model.id for model in snapshot.models]),
        (Combination, [each.id for each in snapshot.combinations]),
    ]
    for model, ids in owned:
        if model._default_manager.filter(~Q(project_id=snapshot.project), id__in=ids).exists():
            raise SnapshotRefused


def _write_labels(snapshot: ConfigSnapshot) -> None:
    rows = [
        Label(
            id=label.id,
            project_id=snapshot.project,
            name=label.name,
            colour=label.colour,
            key=label.key or "",
            position=label.position,
            retired=label.retired,
        )
        for label in snapshot.labels
    ]
    _upsert(Label, rows, ["name", "colour", "key", "position", "retired"])
    gone = Label.objects.filter(project_id=snapshot.project).exclude(id__in=[r.id for r in rows])
    gone.update(retired=True)


def _write_model_names(snapshot: ConfigSnapshot) -> None:
    rows = [
        ModelName(id=model.id, project_id=snapshot.project, name=model.name)
        for model in snapshot.models
    ]
    _upsert(ModelName, rows, ["name"])


def _write_combinations(snapshot: ConfigSnapshot) -> None:
    rows = [
        Combination(project_id=snapshot.project, **each.model_dump())
        for each in snapshot.combinations
    ]
    _upsert(Combination, rows, ["name"])


def _write_people(snapshot: ConfigSnapshot) -> frozenset[UUID]:
    rows = [
        Person(
            project_id=snapshot.project,
            subject=person.subject,
            name=person.name,
            role=person.role.value,
            simulated=person.simulated,
        )
        for person in snapshot.people
    ]
    _upsert(Person, rows, ["name", "role", "simulated"], unique=["project", "subject"])
    kept = [row.subject for row in rows]
    gone = Person.objects.filter(project_id=snapshot.project).exclude(subject__in=kept)
    removed = frozenset(gone.values_list("subject", flat=True))
    gone.delete()
    return removed


def _write_tasks(snapshot: ConfigSnapshot) -> tuple[frozenset[UUID], frozenset[UUID]]:
    """Return the ids of new or altered tasks, and of those that left the project."""
    changed = frozenset(task.id for task in snapshot.tasks if _write_task(snapshot.project, task))
    kept = [task.id for task in snapshot.tasks]
    gone = Task.objects.filter(project_id=snapshot.project).exclude(id__in=kept)
    closed = frozenset(gone.exclude(state=TaskState.CLOSED.value).values_list("id", flat=True))
    TaskAnnotator.objects.filter(task__in=gone).delete()
    gone.update(state=TaskState.CLOSED.value)
    return changed, closed


def _write_task(project_id: UUID, task: TaskSnapshot) -> bool:
    """Upsert one task with its annotators; True when anything of it is new."""
    fields = _task_fields(project_id, task)
    before = Task.objects.filter(id=task.id).values(*fields).first()
    if before != fields:
        Task.objects.update_or_create(id=task.id, defaults=fields)
    return _write_annotators(task) or before != fields


def _task_fields(project_id: UUID, task: TaskSnapshot) -> dict[str, Any]:
    return {
        "project_id": project_id,
        "title": task.title,
        "recipe": task.recipe.value,
        "state": task.state.value,
        "dataset_id": task.dataset,
        "evaluation_dataset_id": task.evaluation_dataset,
        "evaluation_share": task.evaluation_share,
        "label_ids": list(task.labels),
        "exclusive": task.exclusive,
        "blind": task.blind,
        **_suggested_by(task),
        "unsure_first": task.unsure_first,
        "guidelines_id": task.guidelines,
        "overlap": task.overlap,
        "lease_seconds": task.lease_seconds,
        "published": task.published.model_dump(mode="json") if task.published else None,
    }


def _suggested_by(task: TaskSnapshot) -> dict[str, Any]:
    if task.suggestions:
        kind, key = task.suggestions.kind.value, task.suggestions.id
        return {"suggestions_kind": kind, "suggestions_id": key}
    if task.published:
        return {"suggestions_kind": BY_RECIPE, "suggestions_id": task.id}
    return {"suggestions_kind": "", "suggestions_id": None}


def note_recipe(task: Task, *, view: str, refusal: str) -> None:
    """Note the screen of a task's own recipe, or the code for which it does not run here."""
    task.view, task.refusal = view, refusal
    task.save(update_fields=["view", "refusal"])


def note_check(task: Task, *, has_check: bool) -> None:
    """Note whether a task's own recipe checks answers before they are saved."""
    if task.has_check is not has_check:
        task.has_check = has_check
        task.save(update_fields=["has_check"])


def _write_annotators(task: TaskSnapshot) -> bool:
    wanted = set(task.annotators)
    present = set(TaskAnnotator.objects.filter(task_id=task.id).values_list("subject", flat=True))
    TaskAnnotator.objects.filter(task_id=task.id, subject__in=present - wanted).delete()
    TaskAnnotator.objects.bulk_create(
        [TaskAnnotator(task_id=task.id, subject=subject) for subject in wanted - present]
    )
    return wanted != present


def _upsert(
    model: type[models.Model],
    rows: list[Any],
    fields: list[str],
    *,
    unique: list[str] | None = None,
) -> None:
    model._default_manager.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=unique or ["id"],
        update_fields=fields,
    )
