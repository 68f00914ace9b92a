"""An organization with an enrolled, confirmed cluster and a project, made through the actions."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from annex.contract.enums import JobRecipe, Role
from annex.contract.keys import SigningKey
from annex.contract.manifest import PROTOCOL
from annex.contract.outbound import EnrolRequest
from annex.contract.signing import enrolment_proof

from controlplane.accounts.actors import Actor
from controlplane.accounts.models import User
from controlplane.accounts.organizations import create_organization
from controlplane.clusters.actions import (
    confirm_fingerprint,
    create_cluster,
    issue_join_token,
)
from controlplane.clusters.enrolment import enrol
from controlplane.clusters.models import Cluster
from controlplane.jobs.actions import create_job
from controlplane.jobs.models import Job
from controlplane.lib.tenancy import tenant
from controlplane.projects.models import Project


@dataclass
class World:
    """One tenant with what a cluster's tests need. `key` is the cluster's own."""

    actor: Actor
    cluster: Cluster
    project: Project
    key: SigningKey
    token: str

    @property
    def organization_id(self) -> uuid.UUID:
        return self.actor.organization.id

    def start(self, recipe: JobRecipe = JobRecipe.EXPORT) -> Job:
        """Queue a job with arguments that name nothing real."""
        arguments = {"dataset": uuid.uuid4()}
        if recipe is JobRecipe.TRAIN:
            arguments = {"model": uuid.uuid4(), "datasets": [uuid.uuid4()]}  # type: ignore[dict-item]
        with tenant(self.organization_id):
            return create_job(
                organization=self.actor.organization,
                actor=self.actor,
                project=self.project,
                recipe=recipe,
                arguments=arguments,
            )

    def job(self, job: Job) -> Job:
        """Return the job as it stands now."""
        with tenant(self.organization_id):
            return Job.objects.get(id=job.id)


def announce(name: str = "Acme") -> World:
    """Make an organization whose cluster has a join token and has not enrolled yet."""
    user = User.objects.create_user(f"{uuid.uuid4().hex}@example.org", "Olga Owner")
    organization = create_organization(user=user, name=name)
    actor = Actor(organization, user, Role.OWNER)
    with tenant(organization.id):
        cluster = create_cluster(
            organization=organization, actor=actor, name="Main", origin="http://127.0.0.1:8100"
        )
        token, _ = issue_join_token(organization=organization, actor=actor, cluster=cluster)
        project = Project.objects.create(
            organization=organization, title="News", cluster=cluster, created_by=user
        )
    return World(actor, cluster, project, SigningKey.generate(), token)


def enrolment(world: World, key: SigningKey | None = None) -> EnrolRequest:
    """Return the request with which the world's cluster enrols."""
    key = key or world.key
    return EnrolRequest(
        join_token=world.token,
        public_key=key.public_key,
        proof=enrolment_proof(key, world.token),
        protocols=[PROTOCOL],
        recipes=list(JobRecipe),
        worker_version="0.1.0",
    )


def enrolled() -> World:
    """Make a world whose cluster is active."""
    world = announce()
    answer = enrol(enrolment(world))
    with tenant(world.organization_id):
        world.cluster = confirm_fingerprint(
            organization=world.actor.organization,
            actor=world.actor,
            cluster=world.cluster,
            fingerprint=answer.fingerprint,
        )
    return world
