"""What can go wrong with projects."""

from __future__ import annotations

from controlplane.lib.errors import Conflict


class SchemeChanged(Conflict):
    """Someone else saved the label scheme meanwhile."""

    code = "labels.changed"
    title = "The label scheme has changed since you opened it"
    what_to_do = "Load the labels again, then repeat your change."


class ClusterUnusable(Conflict):
    """The cluster is revoked."""

    code = "cluster.revoked"
    title = "This cluster is revoked"
    what_to_do = "Choose another cluster."


class ProjectBusy(Conflict):
    """Jobs of the project are still open."""

    code = "project.busy"
    title = "Jobs of this project are still running"
    what_to_do = "Cancel the open jobs, or wait for them, then delete the project."


class LabelChangeBusy(Conflict):
    """Another change of the project's labels is on its way to the cluster."""

    code = "labels.change_on_its_way"
    title = "Another change of the labels is still on its way"
    what_to_do = "Wait until the cluster has made it, then try again."


class LabelChangeNotReady(Conflict):
    """The change has not been counted yet, or is over."""

    code = "labels.change_not_ready"
    title = "This change cannot be made now"
    what_to_do = "Look at the history of changes to see where it stands."


class NewerLabelChange(Conflict):
    """A later change rests on this one."""

    code = "labels.undo_newer_first"
    title = "A newer change of the labels is in force"
    what_to_do = "Undo the newest change first."
