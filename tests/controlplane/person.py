"""A person at the control plane, run as a program of its own: the planes never share a process.

`python -m tests.controlplane.person <verb> <json>` prints the result as JSON.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from typing import Any
from uuid import UUID

os.environ["DJANGO_SETTINGS_MODULE"] = "controlplane.settings.test"

import django

django.setup()

from annex.contract.enums import JobRecipe, Role  # noqa: E402

from controlplane.accounts.actors import Actor  # noqa: E402
from controlplane.accounts.models import Organization, User  # noqa: E402
from controlplane.accounts.organizations import create_organization  # noqa: E402
from controlplane.clusters import actions as clusters  # noqa: E402
from controlplane.clusters.models import Cluster, Command, ReceivedEvent  # noqa: E402
from controlplane.jobs.actions import cancel_job, create_job  # noqa: E402
from controlplane.jobs.models import Job  # noqa: E402
from controlplane.lib.tenancy import tenant  # noqa: E402
from controlplane.projects.models import Project  # noqa: E402


def found() -> dict[str, Any]:
    """Make an organization with a cluster, a project and a join token."""
    user = User.objects.create_user("owner@example.org", "Olga Owner")
    organization = create_organization(user=user, name="Acme", slug="acme")
    with tenant(organization.id):
        actor = Actor(organization, user, Role.OWNER)
        cluster = clusters.create_cluster(
            organization=organization, actor=actor, name="Main", origin="http://127.0.0.1:8100"
        )
        secret, _ = clusters.issue_join_token(
            organization=organization, actor=actor, cluster=cluster
        )
        project = Project.objects.create(
            organization=organization, title="News", cluster=cluster, created_by=user
        )
    ids = {"organization": organization.id, "cluster": cluster.id, "project": project.id}
    return {name: str(value) for name, value in ids.items()} | {"token": secret}


def confirm(organization: str, cluster: str, fingerprint: str) -> dict[str, Any]:
    """Confirm the fingerprint."""
    with acting(organization) as actor:
        row = clusters.confirm_fingerprint(
            organization=actor.organization,
            actor=actor,
            cluster=Cluster.objects.get(id=cluster),
            fingerprint=fingerprint,
        )
    return {"state": row.state}


def start(organization: str, project: str, recipe: str, arguments: Any) -> dict[str, Any]:
    """Start a job."""
    with acting(organization) as actor:
        job = create_job(
            organization=actor.organization,
            actor=actor,
            project=Project.objects.get(id=project),
            recipe=JobRecipe(recipe),
            arguments=arguments,
        )
    return {"job": str(job.id)}


def cancel(organization: str, job: str) -> dict[str, Any]:
    """Cancel a job."""
    with acting(organization) as actor:
        row = cancel_job(organization=actor.organization, actor=actor, job=Job.objects.get(id=job))
    return {"state": row.state}


def look(organization: str, cluster: str) -> dict[str, Any]:
    """Tell what the control plane knows."""
    with acting(organization):
        row = Cluster.objects.get(id=cluster)
        jobs = Job.objects.values("id", "state", "epoch", "stage", "done", "failure_code")
        events = ReceivedEvent.objects.order_by("seq").values("seq", "type", "outcome")
        commands = Command.objects.order_by("seq").values("seq", "type", "outcome")
        return {
            "state": row.shown_state,
            "ledger_head": row.ledger_head,
            "next_event": row.next_event,
            "jobs": {str(job["id"]): job for job in jobs},
            "events": list(events),
            "commands": list(commands),
        }


class acting:  # noqa: N801 - reads as a verb
    """Open the organization and yield its owner as the actor."""

    def __init__(self, organization: str) -> None:
        self.tenant = tenant(UUID(organization))
        self.organization = organization

    def __enter__(self) -> Actor:
        self.tenant.__enter__()
        organization = Organization.objects.get(id=self.organization)
        return Actor(organization, User.objects.get(email="owner@example.org"), Role.OWNER)

    def __exit__(self, *raised: Any) -> None:
        self.tenant.__exit__(*raised)


VERBS: dict[str, Callable[..., dict[str, Any]]] = {
    "found": found,
    "confirm": confirm,
    "start": start,
    "cancel": cancel,
    "look": look,
}

if __name__ == "__main__":
    sys.stdout.write(json.dumps(VERBS[sys.argv[1]](**json.loads(sys.argv[2])), default=str))
