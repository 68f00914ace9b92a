"""Offers, claims, renewals, ends: each rule seen once, with its refusal beside it."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from annex.contract.enums import CommandOutcome, FailureCode, JobRecipe, JobState, Stage
from annex.contract.inbound import Grant
from annex.contract.outbound import (
    CommandAnswered,
    Event,
    EventBatch,
    EventBody,
    HeldJob,
    JobFailed,
    JobProgressed,
    JobStateChanged,
)
from annex.contract.signing import GENESIS
from django.utils import timezone

from controlplane.clusters.events import receive_events
from controlplane.clusters.models import Cluster, Command, ReceivedEvent
from controlplane.jobs.actions import cancel_job, create_job, restart_silent_job
from controlplane.jobs.errors import ArgumentsInvalid, JobNotSilent, JobOver, JobTaken
from controlplane.jobs.leases import (
    GRACE_SECONDS,
    LEASE_SECONDS,
    OFFER_SECONDS,
    claim_job,
    offer_jobs,
    renew_leases,
)
from controlplane.jobs.models import Job
from controlplane.jobs.tasks import sweep_jobs_task
from controlplane.lib.errors import NotFound
from controlplane.lib.lookups import jobs_to_sweep
from controlplane.lib.tenancy import tenant
from tests.controlplane.clusters.world import World, enrolled

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return enrolled()


def offer(world: World, free: int = 1) -> int:
    with tenant(world.organization_id):
        return offer_jobs(cluster_id=world.cluster.id, free_slots=free, now=timezone.now())


def claim(world: World, job: Job, epoch: int = 0, session: int = 1) -> Grant:
    with tenant(world.organization_id):
        return claim_job(
            cluster_id=world.cluster.id,
            session_epoch=session,
            job_id=job.id,
            epoch=epoch,
            now=timezone.now(),
        )


def report(world: World, *bodies: EventBody) -> list[str]:
    """Send events as the cluster would and return what each did."""
    with tenant(world.organization_id):
        first = Cluster.objects.get(id=world.cluster.id).next_event
    events = [Event(seq=first + n, at=timezone.now(), body=body) for n, body in enumerate(bodies)]
    batch = EventBatch(session_epoch=1, first_seq=first, prev_hash=GENESIS, events=events)
    receive_events(
        organization_id=world.organization_id,
        cluster_id=world.cluster.id,
        batch=batch,
        head=GENESIS,
    )
    with tenant(world.organization_id):
        rows = ReceivedEvent.objects.filter(seq__gte=first).order_by("seq")
        return list(rows.values_list("outcome", flat=True))


def age(world: World, job: Job, **ages_seconds: float) -> None:
    """Move a job's times into the past."""
    with tenant(world.organization_id):
        times = {
            name: timezone.now() - timedelta(seconds=seconds)
            for name, seconds in ages_seconds.items()
        }
        Job.objects.filter(id=job.id).update(**times)


def test_no_more_is_offered_than_there_is_room_for(world: World) -> None:
    first, second = world.start(), world.start()
    assert offer(world, free=0) == 0
    assert offer(world, free=1) == 1
    assert offer(world, free=1) == 0  # the first offer still stands
    assert offer(world, free=2) == 1
    assert [world.job(job).state for job in (first, second)] == ["offered", "offered"]


def test_one_claim_wins_and_its_answer_may_be_lost(world: World) -> None:
    job = world.start()
    offer(world)
    assert claim(world, job).epoch == 1
    assert claim(world, job).epoch == 1  # the same session asks again
    with pytest.raises(JobTaken):
        claim(world, job, session=2)
    with pytest.raises(JobTaken):
        claim(world, job, epoch=1)
    with tenant(world.organization_id):
        assert world.job(job).attempts.count() == 1


def test_another_cluster_cannot_claim(world: World) -> None:
    job = world.start()
    offer(world)
    with tenant(world.organization_id), pytest.raises(NotFound):
        claim_job(cluster_id=uuid4(), session_epoch=1, job_id=job.id, epoch=0, now=timezone.now())
    stranger = enrolled()
    with pytest.raises(NotFound):
        claim(stranger, job)
    assert claim(world, job).epoch == 1


def test_an_offer_nobody_takes_is_visible_again(world: World) -> None:
    job = world.start()
    offer(world)
    age(world, job, offered_at=OFFER_SECONDS - 5)
    sweep_jobs_task()
    assert world.job(job).state == "offered"
    age(world, job, offered_at=OFFER_SECONDS + 1)
    sweep_jobs_task()
    assert world.job(job).state == "queued"
    assert offer(world) == 1


def test_a_lost_strict_lease_is_queued_again_and_its_end_may_come_late(world: World) -> None:
    job = world.start()
    claim(world, job)
    age(world, job, lease_expires_at=GRACE_SECONDS - 5)
    sweep_jobs_task()
    assert world.job(job).state == "held"
    age(world, job, lease_expires_at=GRACE_SECONDS + 1)
    sweep_jobs_task()
    assert world.job(job).state == "queued"
    state = JobStateChanged(job=job.id, job_epoch=1, state=JobState.SUCCEEDED)
    assert report(world, state) == ["applied"]
    with pytest.raises(JobTaken):
        claim(world, job, epoch=1)


def test_a_late_end_does_not_count_once_somebody_else_works(world: World) -> None:
    job = world.start()
    claim(world, job)
    age(world, job, lease_expires_at=GRACE_SECONDS + 1)
    sweep_jobs_task()
    assert claim(world, job, epoch=1).epoch == 2
    old = JobStateChanged(job=job.id, job_epoch=1, state=JobState.SUCCEEDED)
    progress = JobProgressed(job=job.id, job_epoch=1, stage=Stage.WRITING, done=5)
    assert report(world, old, progress) == ["ignored", "ignored"]
    assert (world.job(job).state, world.job(job).done) == ("held", 0)


def test_a_sticky_job_is_silent_and_only_a_person_starts_it_again(world: World) -> None:
    job = world.start(JobRecipe.TRAIN)
    claim(world, job)
    actor = world.actor
    with tenant(world.organization_id), pytest.raises(JobNotSilent):
        restart_silent_job(organization=actor.organization, actor=actor, job=job)
    age(world, job, lease_expires_at=GRACE_SECONDS + 1)
    sweep_jobs_task()
    assert (world.job(job).state, world.job(job).silent) == ("held", True)
    with tenant(world.organization_id):
        restart_silent_job(organization=actor.organization, actor=actor, job=job)
    state = JobStateChanged(job=job.id, job_epoch=1, state=JobState.SUCCEEDED)
    assert report(world, state) == ["ignored"]
    assert world.job(job).state == "queued"


def test_a_sticky_job_that_comes_back_goes_on(world: World) -> None:
    job = world.start(JobRecipe.TRAIN)
    claim(world, job)
    age(world, job, lease_expires_at=GRACE_SECONDS + 1)
    sweep_jobs_task()
    held = [HeldJob(job=job.id, job_epoch=1)]
    with tenant(world.organization_id):
        answer = renew_leases(cluster_id=world.cluster.id, held=held, now=timezone.now())
    assert (answer.lost, world.job(job).silent) == ([], False)


def test_renewal_tells_what_is_lost_and_what_is_to_be_cancelled(world: World) -> None:
    job, other = world.start(), world.start()
    claim(world, job)
    with tenant(world.organization_id):
        cancel_job(organization=world.actor.organization, actor=world.actor, job=job)
        held = [HeldJob(job=job.id, job_epoch=1), HeldJob(job=other.id, job_epoch=1)]
        now = timezone.now()
        answer = renew_leases(cluster_id=world.cluster.id, held=held, now=now)
    assert (answer.cancel, answer.lost) == ([job.id], [other.id])
    assert world.job(job).lease_expires_at == now + timedelta(seconds=LEASE_SECONDS)


def test_cancelling_is_immediate_only_where_nobody_works(world: World) -> None:
    waiting, held = world.start(), world.start()
    claim(world, held)
    with tenant(world.organization_id):
        for job in (waiting, held, held):
            cancel_job(organization=world.actor.organization, actor=world.actor, job=job)
        commands = list(Command.objects.values_list("type", flat=True))
    assert (world.job(waiting).state, world.job(held).state) == ("cancelled", "held")
    assert commands == ["job.cancel"]
    report(world, JobStateChanged(job=held.id, job_epoch=1, state=JobState.CANCELLED))
    assert world.job(held).state == "cancelled"
    done = world.start()
    claim(world, done)
    report(world, JobStateChanged(job=done.id, job_epoch=1, state=JobState.SUCCEEDED))
    with tenant(world.organization_id), pytest.raises(JobOver):
        cancel_job(organization=world.actor.organization, actor=world.actor, job=done)


def test_a_failure_carries_code_stage_and_reference(world: World) -> None:
    job, ref = world.start(), uuid4()
    claim(world, job)
    failed = JobFailed(
        job=job.id,
        job_epoch=1,
        code=FailureCode.BAD_ROWS,
        stage=Stage.CHECKING,
        ref=ref,
        affected=3,
    )
    report(world, failed, JobStateChanged(job=job.id, job_epoch=1, state=JobState.FAILED))
    row = world.job(job)
    assert (row.state, row.failure_code, row.failure_stage) == (
        "failed",
        "import.bad_rows",
        "checking",
    )
    assert (row.failure_ref, row.failure_affected) == (ref, 3)


def test_a_refused_offer_fails_the_job(world: World) -> None:
    job = world.start()
    offer(world)
    with tenant(world.organization_id):
        command = Command.objects.get()
    answer = CommandAnswered(command=command.id, outcome=CommandOutcome.REFUSED)
    assert report(world, answer) == ["applied"]
    assert (world.job(job).state, world.job(job).failure_code) == (
        "failed",
        "job.refused_operation",
    )


def test_events_about_another_organizations_job_have_no_effect(world: World) -> None:
    job = world.start()
    claim(world, job)
    stranger = enrolled()
    state = JobStateChanged(job=job.id, job_epoch=1, state=JobState.SUCCEEDED)
    assert report(stranger, state) == ["ignored"]
    assert world.job(job).state == "held"
    assert report(world, state) == ["applied"]


def test_arguments_are_checked_where_they_are_typed(world: World) -> None:
    actor = world.actor
    with tenant(world.organization_id), pytest.raises(ArgumentsInvalid) as refused:
        create_job(
            organization=actor.organization,
            actor=actor,
            project=world.project,
            recipe=JobRecipe.EXPORT,
            arguments={"dataset": "no id", "path": "/etc/passwd"},
        )
    assert [error["field"] for error in refused.value.errors] == [
        "arguments.dataset",
        "arguments.path",
    ]
    assert "/etc/passwd" not in str(refused.value.to_problem())


def test_the_sweep_looks_across_organizations_but_sees_ids_only(world: World) -> None:
    job = world.start()
    offer(world)
    age(world, job, offered_at=OFFER_SECONDS + 1)
    now = timezone.now()
    due = jobs_to_sweep(now - timedelta(seconds=OFFER_SECONDS), now)
    assert (world.organization_id, job.id) in due
