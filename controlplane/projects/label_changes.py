"""Merge, split and delete labels: count first, then let the answers on the cluster follow.

Each way has two halves. Asking adds to the scheme what will be needed; what is no longer needed
leaves it when the cluster has reported. In between, for as long as a cluster is away, both the old
and the new labels can be used, and nothing that is annotated is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from annex.contract.enums import LabelChangeKind, LabelChangeStep, Role
from annex.contract.inbound import ChangeLabels
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from controlplane.accounts.actors import Actor, require_role
from controlplane.audit.actions import record
from controlplane.clusters.commands import send_command
from controlplane.lib.errors import InvalidRequest
from controlplane.projects.choices import LabelChangeState
from controlplane.projects.errors import LabelChangeBusy, LabelChangeNotReady, NewerLabelChange
from controlplane.projects.labels import add_labels
from controlplane.projects.models import Label, LabelChange, Project, Task
from controlplane.projects.snapshots import send_project_snapshot

ON_ITS_WAY = (LabelChangeState.APPLYING.value, LabelChangeState.UNDOING.value)
FEWEST_PARTS = 2
NOT_MADE = (
    LabelChangeState.COUNTING.value,
    LabelChangeState.COUNTED.value,
    LabelChangeState.REFUSED.value,
)


@dataclass(frozen=True)
class Wish:
    """What a developer wants: marks of `labels` to become `into`, or labels to be made by name."""

    kind: LabelChangeKind
    labels: list[UUID]
    into: list[UUID]
    new_names: list[str]


@transaction.atomic
def count_change(*, actor: Actor, project: Project, wish: Wish) -> LabelChange:
    """Ask the cluster how many answers a change would touch; nothing changes yet.

    Effects: what the same person asked before, and did not go on with, is forgotten.
    Raises: InvalidRequest naming the field (customer).
    """
    require_role(actor, Role.DEVELOPER)
    project = _locked(project)
    _check(project, wish)
    project.label_changes.filter(state__in=NOT_MADE, created_by=actor.user).delete()
    change: LabelChange = LabelChange.objects.create(
        organization_id=project.organization_id,
        project=project,
        kind=wish.kind.value,
        labels=[label for label in wish.labels if label not in wish.into or _is_split(wish)],
        into=wish.into,
        new_names=wish.new_names,
        created_by=actor.user,
    )
    _send(change, LabelChangeStep.COUNT)
    return change


@transaction.atomic
def apply_change(
    *, actor: Actor, change: LabelChange, evaluation: bool, look_again: bool
) -> LabelChange:
    """Let the answers follow a counted change, the held-back ones only with `evaluation`.

    Raises: LabelChangeNotReady, LabelChangeBusy, InvalidRequest (customer): nothing has changed.
    """
    require_role(actor, Role.DEVELOPER)
    project = _locked(change.project)
    change.refresh_from_db()
    if change.state != LabelChangeState.COUNTED:
        raise LabelChangeNotReady
    if project.label_changes.filter(state__in=ON_ITS_WAY).exists():
        raise LabelChangeBusy
    wish = Wish(LabelChangeKind(change.kind), change.labels, change.into, change.new_names)
    _check(project, wish)
    change.evaluation, change.look_again = evaluation, look_again
    change.state, change.applied_at = LabelChangeState.APPLYING.value, timezone.now()
    _make_parts(change, project)
    _refuse_empty_tasks(change)
    change.former = {str(task.id): _texts(task.label_ids) for task in _tasks_of(change)}
    change.save()
    _set_task_labels(change, lambda ids: [*ids, *change.into])
    _tell(change, LabelChangeStep.APPLY)
    record(actor=actor, verb="label_change.applied", noun="label_change", noun_id=change.id)
    return change


@transaction.atomic
def undo_change(*, actor: Actor, change: LabelChange) -> LabelChange:
    """Put labels and answers back as they were before the newest change.

    Raises: LabelChangeNotReady, NewerLabelChange, InvalidRequest: a name is in use by now.
    """
    require_role(actor, Role.DEVELOPER)
    project = _locked(change.project)
    change.refresh_from_db()
    if change.state != LabelChangeState.APPLIED:
        raise LabelChangeNotReady
    made_later = project.label_changes.filter(applied_at__gt=change.applied_at, undone_at=None)
    if made_later.exists():
        raise NewerLabelChange
    change.state = LabelChangeState.UNDOING.value
    change.save(update_fields=["state"])
    _bring_back(project, change.labels)
    _set_task_labels(change, lambda ids: [*ids, *change.labels])
    _tell(change, LabelChangeStep.UNDO)
    record(actor=actor, verb="label_change.undone", noun="label_change", noun_id=change.id)
    return change


def finish_applying(change: LabelChange) -> None:
    """Take what the change replaced out of the scheme: no answer uses it any more."""
    replaced = set(change.labels) - set(change.into)
    change.state = LabelChangeState.APPLIED.value
    change.save(update_fields=["state"])
    Label.objects.filter(pk__in=replaced).update(retired=True)
    _set_task_labels(change, lambda ids: _replaced(ids, change))
    _scheme_changed(change.project_id)


def finish_undoing(change: LabelChange, state: LabelChangeState) -> None:
    """Take what the change had made out of the scheme, and give each task its labels back."""
    change.state = state.value
    if state is LabelChangeState.UNDONE:
        change.undone_at = timezone.now()
    else:
        change.applied_at = None
    change.save(update_fields=["state", "undone_at", "applied_at"])
    Label.objects.filter(pk__in=change.made).update(retired=True)
    for task in _tasks_of(change):
        former = [UUID(label) for label in change.former[str(task.id)]]
        gained = {*change.into, *change.labels} - set(former)
        task.label_ids = former + [
            label for label in task.label_ids if label not in gained and label not in former
        ]
        task.save(update_fields=["label_ids"])
    _scheme_changed(change.project_id)


def _check(project: Project, wish: Wish) -> None:
    live = set(project.labels.filter(retired=False).values_list("id", flat=True))
    names = set(project.labels.filter(retired=False).values_list("name", flat=True))
    targets = len(wish.into) + len(wish.new_names)
    if not wish.labels or not {*wish.labels, *wish.into} <= live:
        raise InvalidRequest("The project has no such label.", field="labels")
    if len(set(wish.labels)) < len(wish.labels) or len(set(wish.into)) < len(wish.into):
        raise InvalidRequest("A label is listed twice.", field="labels")
    if len({*names, *wish.new_names}) < len(names) + len(wish.new_names):
        raise InvalidRequest("Another label has this name.", field="new_names")
    if wish.kind is LabelChangeKind.MERGE and (targets != 1 or set(wish.labels) <= set(wish.into)):
        raise InvalidRequest("A merge has one label that the others become.", field="into")
    if wish.kind is LabelChangeKind.SPLIT and (targets < FEWEST_PARTS or len(wish.labels) != 1):
        raise InvalidRequest("A split has one label and at least two parts.", field="into")
    if wish.kind is LabelChangeKind.DELETE and targets:
        raise InvalidRequest("A deleted label becomes no other.", field="into")


def _is_split(wish: Wish) -> bool:
    """A split may keep its label as one of the parts; a merge leaves its target as it is."""
    return wish.kind is LabelChangeKind.SPLIT


def _make_parts(change: LabelChange, project: Project) -> None:
    made = add_labels(project, change.new_names)
    change.made = [label.id for label in made]
    change.into = [*change.into, *change.made]
    change.new_names = []


def _refuse_empty_tasks(change: LabelChange) -> None:
    for task in _tasks_of(change):
        if not _replaced(task.label_ids, change):
            raise InvalidRequest(
                f"The task {task.title} would have no label left. Give it another one first.",
                field="labels",
            )


def _tasks_of(change: LabelChange) -> list[Task]:
    """Return the tasks that ask, or asked, for a label of the change."""
    if change.former:
        return list(Task.objects.filter(pk__in=change.former).order_by("created_at"))
    asking = Task.objects.filter(project_id=change.project_id, label_ids__overlap=change.labels)
    return list(asking.order_by("created_at"))


def _set_task_labels(change: LabelChange, new_ids: Callable[[list[UUID]], Sequence[UUID]]) -> None:
    for task in _tasks_of(change):
        task.label_ids = list(dict.fromkeys(new_ids(task.label_ids)))
        task.save(update_fields=["label_ids"])


def _replaced(label_ids: Sequence[UUID], change: LabelChange) -> list[UUID]:
    """Return a task's labels with the new ones in the place of the old."""
    found: list[UUID] = []
    for label in label_ids:
        found += change.into if label in change.labels else [label]
    return list(dict.fromkeys(found))


def _bring_back(project: Project, label_ids: Sequence[UUID]) -> None:
    live = project.labels.filter(retired=False)
    names, keys = (set(live.values_list(column, flat=True)) for column in ("name", "key"))
    for label in project.labels.filter(pk__in=label_ids, retired=True):
        if label.name in names:
            message = f"Another label is called {label.name} by now. Rename it first."
            raise InvalidRequest(message, field="labels")
        label.retired = False
        label.key = None if label.key in keys else label.key
        label.save(update_fields=["retired", "key"])


def _tell(change: LabelChange, step: LabelChangeStep) -> None:
    """Send the scheme as it must be while the cluster is at work, and then the change."""
    _scheme_changed(change.project_id)
    _send(change, step)


def _scheme_changed(project_id: UUID) -> None:
    Project.objects.filter(pk=project_id).update(labels_version=F("labels_version") + 1)
    send_project_snapshot(project_id)


def _send(change: LabelChange, step: LabelChangeStep) -> None:
    body = ChangeLabels(
        change=change.id,
        project=change.project_id,
        kind=LabelChangeKind(change.kind),
        step=step,
        labels=change.labels,
        into=change.into,
        evaluation=change.evaluation,
        look_again=change.look_again,
    )
    send_command(cluster=change.project.cluster, body=body)


def _locked(project: Project) -> Project:
    locked: Project = Project.objects.select_for_update().get(pk=project.pk)
    return locked


def _texts(ids: Sequence[UUID]) -> list[str]:
    return [str(label_id) for label_id in ids]
