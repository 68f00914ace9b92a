"""Write annotation tasks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from annex.contract.enums import JobRecipe, Role
from annex.contract.published import View
from annex.contract.recipes import PredictArguments, PredictorRef
from django.db import transaction

from controlplane.accounts.actors import Actor, require_role
from controlplane.accounts.models import Membership
from controlplane.audit.actions import record
from controlplane.jobs.actions import create_job
from controlplane.lib.errors import InvalidRequest
from controlplane.projects.models import Dataset, Project, ProjectMember, Task, TaskAnnotator
from controlplane.projects.snapshots import send_project_snapshot, suggestions_of
from controlplane.projects.task_recipes import dataset_for_stream


@transaction.atomic
def create_task(
    *, actor: Actor, project: Project, fields: dict[str, Any], annotators: Iterable[UUID]
) -> Task:
    """Make a task. With suggestions, a job that stores them starts at once.

    Args: fields: columns of `Task`, `suggestions` among them; no `label_ids` means every label, no
        `dataset` that a published recipe's stream fills a new one.
        annotators: ids of memberships.
    """
    require_role(actor, Role.DEVELOPER)
    task = Task(organization=actor.organization, project=project)
    _apply(task, fields)
    task.label_ids = _checked_labels(task, task.label_ids)
    if "dataset" not in fields:
        task.dataset = _new_dataset(actor, task)
    task.save(force_insert=True)
    assign(task, annotators)
    record(actor=actor, verb="task.created", noun="task", noun_id=task.id)
    send_project_snapshot(project.id)
    _start_suggestions(actor, task)
    return task


@transaction.atomic
def change_task(
    *, actor: Actor, task: Task, fields: dict[str, Any], annotators: Iterable[UUID] | None
) -> Task:
    """Change a task. Args: annotators: the whole new list, or None to leave it."""
    require_role(actor, Role.DEVELOPER)
    before = (suggestions_of(task), task.dataset_id)
    _apply(task, fields)
    if "label_ids" in fields:
        task.label_ids = _checked_labels(task, task.label_ids)
    task.save()
    if annotators is not None:
        assign(task, annotators)
    record(actor=actor, verb="task.changed", noun="task", noun_id=task.id)
    send_project_snapshot(task.project_id)
    if (suggestions_of(task), task.dataset_id) != before:
        _start_suggestions(actor, task)
    return task


def _new_dataset(actor: Actor, task: Task) -> Dataset:
    if not task.has_stream:
        raise InvalidRequest("This field is required.", field="dataset")
    return dataset_for_stream(actor, task.project, task.title)


def assign(task: Task, member_ids: Iterable[UUID]) -> None:
    """Make these members the task's annotators; they become members of the project."""
    members = _members(member_ids)
    task.annotators.exclude(user__in=[member.user_id for member in members]).update(assigned=False)
    for member in members:
        ProjectMember.objects.get_or_create(
            organization_id=task.organization_id, project_id=task.project_id, membership=member
        )
        TaskAnnotator.objects.update_or_create(
            organization_id=task.organization_id,
            task=task,
            user_id=member.user_id,
            defaults={"assigned": True},
        )


def _members(member_ids: Iterable[UUID]) -> list[Membership]:
    wanted = list(member_ids)
    found = Membership.objects.in_bulk(wanted)
    errors = [
        {"field": f"annotators[{index}]", "message": "There is no such member."}
        for index, member_id in enumerate(wanted)
        if member_id not in found
    ]
    if errors:
        raise InvalidRequest(errors[0]["message"], errors=errors)
    return [found[member_id] for member_id in dict.fromkeys(wanted)]


def _apply(task: Task, fields: dict[str, Any]) -> None:
    for field, value in fields.items():
        if field == "suggestions":
            _set_suggestions(task, value)
        else:
            setattr(task, field, value)


def _set_suggestions(task: Task, predictor: PredictorRef | None) -> None:
    task.suggestions_kind = predictor.kind.value if predictor else ""
    task.suggestions_id = predictor.id if predictor else None


def _checked_labels(task: Task, label_ids: list[UUID] | None) -> list[UUID]:
    """Return the labels of a task: those asked for, or else all that its view can show."""
    view = View(task.view)
    current = list(task.project.labels.filter(retired=False).values_list("id", flat=True))
    wanted = label_ids or (current if view.shows_labels else [])
    if not wanted and view.needs_labels:
        raise InvalidRequest("The project has no labels yet. Add labels first.", field="labels")
    for index, label_id in enumerate(wanted):
        if label_id not in current:
            raise InvalidRequest("There is no such label.", field=f"labels[{index}]")
    return wanted


def _start_suggestions(actor: Actor, task: Task) -> None:
    predictor = suggestions_of(task)
    if predictor is None:
        return
    create_job(
        organization=actor.organization,
        actor=actor,
        project=task.project,
        recipe=JobRecipe.PREDICT,
        arguments=PredictArguments(dataset=task.dataset_id, predictor=predictor),
    )
