"""Carry out a label change as the control plane asks: count, apply, undo; then say what it did."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from annex.contract.enums import LabelChangeStep
from annex.contract.inbound import ChangeLabels
from annex.contract.outbound import LabelsChanged
from django.db import transaction
from django.utils import timezone

from worker.link.commands import CommandRefused, handles
from worker.link.outbox import emit
from worker.projects.hooks import AppliedSnapshot, on_snapshot
from worker.projects.models import Label, Project
from worker.queue.models import SecondLook
from worker.queue.second_looks import ask_again
from worker.store.counts import emit_dataset_changed
from worker.store.label_changes import (
    count_revised,
    count_touched,
    newer_changes,
    open_change,
    restore_answers,
    rewrite_answers,
)
from worker.store.models import LabelChange

LAST_SAVES = timedelta(minutes=2)
"""After this nobody still saves what was sent before the labels were retired here."""


@handles(ChangeLabels)
def handle_label_change(command_id: UUID, body: ChangeLabels) -> None:
    """Count, apply or undo a change. Repeated, a command changes nothing and reports once more."""
    _refuse_foreign(body)
    if body.step is LabelChangeStep.COUNT:
        _report_count(body)
    elif body.step is LabelChangeStep.APPLY:
        apply_change(body)
    else:
        undo_change(body)


def apply_change(body: ChangeLabels) -> None:
    """Let every answer follow, in one transaction. Raises: CommandRefused for one taken back."""
    with transaction.atomic():
        # One at a time per project, and no snapshot in between.
        Project.objects.select_for_update().get(id=body.project)
        change, is_new = open_change(body)
        if change.undone_at is not None:
            raise CommandRefused
        if is_new:
            _follow(change)
        _report(change, LabelChangeStep.APPLY)


def undo_change(body: ChangeLabels) -> None:
    """Put every answer back. Raises: CommandRefused: not applied, or a newer one is in force."""
    with transaction.atomic():
        Project.objects.select_for_update().get(id=body.project)
        change = LabelChange.objects.filter(id=body.change, project_id=body.project).first()
        if change is None or newer_changes(change).exists():
            raise CommandRefused
        if change.undone_at is None:
            restore_answers(change)
            SecondLook.objects.filter(change=change).delete()
            _tell_datasets(change)
        _report(change, LabelChangeStep.UNDO)


@on_snapshot
def note_retired(applied: AppliedSnapshot) -> None:
    """Note when the labels of a change are retired here: from then on nobody can use them."""
    for change in LabelChange.objects.filter(
        project_id=applied.snapshot.project, settled=False, retired_at=None
    ):
        if not Label.objects.filter(id__in=change.labels, retired=False).exists():
            LabelChange.objects.filter(id=change.id).update(retired_at=timezone.now())


def settle_changes() -> int:
    """Let answers follow that were saved under the former labels while a change was on its way.

    Returns: how many changes are settled now.
    """
    late = LabelChange.objects.filter(
        settled=False, undone_at=None, retired_at__lt=timezone.now() - LAST_SAVES
    )
    waiting = list(late.order_by("applied_at"))
    for change in waiting:
        _settle(change)
    return len(waiting)


@transaction.atomic
def _settle(change: LabelChange) -> None:
    Project.objects.select_for_update().get(id=change.project_id)
    brought_back = Label.objects.filter(id__in=change.labels, retired=False).exists()
    if not brought_back and _follow(change):
        _report(change, LabelChangeStep.APPLY)
    LabelChange.objects.filter(id=change.id).update(settled=True)


def _follow(change: LabelChange) -> int:
    touched = rewrite_answers(change)
    if change.look_again and touched:
        change.looks += ask_again(change, touched)
        change.save(update_fields=["looks"])
    _tell_datasets(change)
    return len(touched)


def _tell_datasets(change: LabelChange) -> None:
    for dataset_id in change.datasets:
        emit_dataset_changed(dataset_id)


def _report_count(body: ChangeLabels) -> None:
    touched = count_touched(body.project, body.labels)
    emit(
        LabelsChanged(
            change=body.change,
            step=body.step,
            answers=touched.answers,
            evaluation_answers=touched.held_back,
        )
    )


def _report(change: LabelChange, step: LabelChangeStep) -> None:
    revised = count_revised(change)
    emit(
        LabelsChanged(
            change=change.id,
            step=step,
            answers=revised.answers,
            evaluation_answers=revised.held_back,
            look_again=change.looks,
            not_restored=change.not_restored,
        )
    )


def _refuse_foreign(body: ChangeLabels) -> None:
    """Raise CommandRefused unless all labels, and the change if known, are the project's own."""
    named = {*body.labels, *body.into}
    own = Label.objects.filter(id__in=named, project_id=body.project).count()
    foreign = LabelChange.objects.filter(id=body.change).exclude(project_id=body.project)
    if own != len(named) or foreign.exists():
        raise CommandRefused
