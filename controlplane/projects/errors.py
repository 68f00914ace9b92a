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
