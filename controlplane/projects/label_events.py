"""What clusters report about label changes. Applying an event twice changes nothing."""

from __future__ import annotations

from uuid import UUID

from annex.contract import outbound
from annex.contract.enums import CommandOutcome, LabelChangeStep

from controlplane.clusters.events import on_event
from controlplane.clusters.models import Cluster, Command
from controlplane.projects.choices import LabelChangeState
from controlplane.projects.events import note_stranger
from controlplane.projects.label_changes import finish_applying, finish_undoing
from controlplane.projects.models import LabelChange


@on_event(outbound.LabelsChanged)
def apply_labels_changed(cluster: Cluster, event: outbound.LabelsChanged) -> None:
    """Take over the counts; what was asked for and is now done gets its second half."""
    change = _change_of(cluster, event.change)
    if change is None:
        return note_stranger(cluster, "label_change", event.change)
    _take_over(change, event)
    if (change.state, event.step) == (LabelChangeState.COUNTING, LabelChangeStep.COUNT):
        change.state = LabelChangeState.COUNTED.value
        change.save(update_fields=["state"])
    elif (change.state, event.step) == (LabelChangeState.APPLYING, LabelChangeStep.APPLY):
        finish_applying(change)
    elif (change.state, event.step) == (LabelChangeState.UNDOING, LabelChangeStep.UNDO):
        finish_undoing(change, LabelChangeState.UNDONE)
    return None


@on_event(outbound.CommandAnswered)
def apply_refused_change(cluster: Cluster, event: outbound.CommandAnswered) -> None:
    """Put the scheme back as it was before a step that the cluster will not take."""
    if event.outcome is CommandOutcome.APPLIED:
        return
    command = Command.objects.filter(id=event.command, cluster=cluster, type="labels.change")
    body = command.values_list("body", flat=True).first()
    change = _change_of(cluster, body["change"]) if body else None
    if change is None:
        return
    if change.state == LabelChangeState.APPLYING:
        finish_undoing(change, LabelChangeState.REFUSED)
    elif change.state == LabelChangeState.UNDOING:
        finish_applying(change)
    elif change.state == LabelChangeState.COUNTING:
        change.state = LabelChangeState.REFUSED.value
        change.save(update_fields=["state"])


def _change_of(cluster: Cluster, change_id: UUID | str) -> LabelChange | None:
    rows = LabelChange.objects.select_for_update(of=("self",)).select_related("project")
    found: LabelChange | None = rows.filter(pk=change_id, project__cluster=cluster).first()
    return found


def _take_over(change: LabelChange, event: outbound.LabelsChanged) -> None:
    change.answers = event.answers
    change.evaluation_answers = event.evaluation_answers
    change.looks = event.look_again
    change.not_restored = event.not_restored
    change.save(update_fields=["answers", "evaluation_answers", "looks", "not_restored"])
