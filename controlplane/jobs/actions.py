"""What people do with jobs."""

from __future__ import annotations

from typing import Any

import pydantic
from annex.contract.enums import JobRecipe, JobState, Role
from annex.contract.inbound import JobCancel
from annex.contract.leaves import Message
from annex.contract.recipes import ARGUMENTS_OF, LEASE_CLASS_OF
from django.db import transaction
from django.utils import timezone

from controlplane.accounts.actors import Actor, require_role
from controlplane.accounts.models import Organization
from controlplane.audit.actions import record
from controlplane.clusters.commands import send_command
from controlplane.clusters.wakeups import wake
from controlplane.jobs.errors import ArgumentsInvalid, JobNotSilent, JobOver
from controlplane.jobs.models import Job
from controlplane.jobs.rules import LEASED, Proposal, Proposer
from controlplane.jobs.transitions import lock_job, propose
from controlplane.lib.errors import NotFound
from controlplane.projects.models import Project


@transaction.atomic
def create_job(
    *,
    organization: Organization,
    actor: Actor,
    project: Project,
    recipe: JobRecipe,
    arguments: Message | dict[str, Any],
) -> Job:
    """Queue a job for the project's cluster.

    Who may start it and whether the ids in `arguments` are the project's is the caller's to check.
    Raises: ArgumentsInvalid (customer).
    """
    checked = check_arguments(recipe, arguments)
    job = Job.objects.create(
        organization=organization,
        project=project,
        cluster_id=project.cluster_id,
        recipe=recipe.value,
        arguments=checked.model_dump(mode="json"),
        lease_class=LEASE_CLASS_OF[recipe].value,
        created_by=actor.user,
    )
    record(actor=actor, verb="job.created", noun="job", noun_id=job.id)
    wake(job.cluster_id)
    return job


def check_arguments(recipe: JobRecipe, arguments: Message | dict[str, Any]) -> Message:
    """Return the typed arguments. Raises: ArgumentsInvalid with each wrong field."""
    given = arguments.model_dump() if isinstance(arguments, Message) else arguments
    try:
        return ARGUMENTS_OF[recipe].model_validate(given)
    except pydantic.ValidationError as error:
        found = error.errors(include_url=False, include_input=False, include_context=False)
        errors = [
            {"field": ".".join(map(str, ("arguments", *e["loc"]))), "message": e["msg"]}
            for e in found
        ]
        raise ArgumentsInvalid(errors=errors) from None


@transaction.atomic
def cancel_job(*, organization: Organization, actor: Actor, job: Job) -> Job:
    """Cancel a job: at once where no cluster works on it, else as soon as its cluster has stopped.

    Asking twice changes nothing. Raises: JobOver (customer) when it has ended otherwise.
    """
    require_role(actor, Role.DEVELOPER)
    locked = _lock(job)
    if locked.job_state is JobState.CANCELLED:
        return locked
    if locked.job_state.is_terminal:
        raise JobOver
    now = timezone.now()
    if locked.job_state in LEASED and locked.cancel_requested_at is None:
        locked.cancel_requested_at = now
        locked.save(update_fields=["cancel_requested_at"])
        send_command(cluster=locked.cluster, body=JobCancel(job=locked.id))
    propose(locked, Proposal(JobState.CANCELLED, Proposer.PERSON, locked.epoch), now)
    record(actor=actor, verb="job.cancelled", noun="job", noun_id=job.id)
    return locked


@transaction.atomic
def restart_silent_job(*, organization: Organization, actor: Actor, job: Job) -> Job:
    """Queue a silent job again; whatever its old attempt still reports no longer counts.

    Raises: JobOver, JobNotSilent (customer).
    """
    require_role(actor, Role.DEVELOPER)
    locked = _lock(job)
    if locked.job_state.is_terminal:
        raise JobOver
    now = timezone.now()
    proposal = Proposal(JobState.QUEUED, Proposer.PERSON, locked.epoch)
    if propose(locked, proposal, now).to is None:
        raise JobNotSilent
    # The newer epoch starts here and not with the next claim: a late end must not count.
    locked.epoch += 1
    locked.save(update_fields=["epoch"])
    record(actor=actor, verb="job.restarted", noun="job", noun_id=job.id)
    wake(locked.cluster_id)
    return locked


def _lock(job: Job) -> Job:
    locked = lock_job(job.id)
    if locked is None:
        raise NotFound
    return locked
