"""Exporting a dataset in order to download it: the control plane starts the job, the cluster
writes the file.
"""

from __future__ import annotations

from annex.cli.cluster_credentials import current_cluster
from annex.cli.cluster_names import Located
from annex.cli.scope_names import dataset_named
from annex.cli.session import session
from annex.cli.watch import how_it_ended, wait_for
from annex.contract.enums import ExportFormat, JobState


def export_dataset(dataset: str, project: str, kind: ExportFormat, *, cluster: str = "") -> Located:
    """Export a dataset anew, wait for it, and return where the file lies.

    Args:   cluster: its origin, when the control plane is not to say it.
    Raises: JobEnded unless it succeeded; BadInput and NoneOfThatName for the names;
            SignInOnCluster, before anything is started, where nobody could download the file.
    """
    now = session()
    project_id = now.project_id(project)
    scope = now.organization.project(project_id)
    place = now.organization.projects.show(project_id).cluster
    origin = cluster or now.organization.clusters.show(place).origin
    current_cluster(origin)
    arguments = {"dataset": str(dataset_named(scope, dataset)), "format": kind.value}
    ended = wait_for(now, scope.jobs.start("export.v1", arguments))
    if ended.state != JobState.SUCCEEDED:
        raise how_it_ended(ended)
    return Located(str(ended.id), origin)
