"""Leases and events under everything that can go wrong, against the real actions on PostgreSQL.

A cluster is played here: it claims, works, crashes, forgets, repeats, comes late and lives through
jumps of the control plane's clock. docs/protocol.md section 9 says what must hold at every step.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from annex.contract.enums import TERMINAL_STATES, JobRecipe, JobState, Stage
from annex.contract.outbound import (
    Event,
    EventBatch,
    EventBody,
    HeldJob,
    JobProgressed,
    JobStateChanged,
)
from annex.contract.signing import GENESIS
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from controlplane.clusters.commands import commands_after
from controlplane.clusters.errors import EventsGap, EventsRewritten
from controlplane.clusters.events import receive_events
from controlplane.clusters.models import Cluster, ReceivedEvent
from controlplane.jobs.actions import cancel_job, restart_silent_job
from controlplane.jobs.errors import JobNotSilent, JobOver, JobTaken
from controlplane.jobs.leases import claim_job, offer_jobs, renew_leases, sweep_job
from controlplane.jobs.models import Attempt, Job
from controlplane.lib.tenancy import tenant
from tests.controlplane.clusters.world import World, enrolled

START = datetime(2026, 1, 1, tzinfo=UTC)
MARK = 1_000_000
"""Progress reports carry `epoch * MARK + n`, so that a write shows whose it was."""


@dataclass
class Work:
    """An attempt on the played cluster."""

    job: UUID
    epoch: int
    sticky: bool
    reports: int = 0
    gone: bool = False


@dataclass
class PlayedCluster:
    """What the cluster remembers. A crash forgets `work`, never the outbox."""

    outbox: list[Event] = field(default_factory=list)
    offers: list[tuple[UUID, int]] = field(default_factory=list)
    work: list[Work] = field(default_factory=list)
    accepted: int = 0
    cursor: int = 0
    session: int = 1

    def emit(self, body: EventBody) -> None:
        self.outbox.append(Event(seq=len(self.outbox) + 1, at=START, body=body))

    @property
    def alive(self) -> list[Work]:
        return [work for work in self.work if not work.gone]


class LeaseMachine(RuleBasedStateMachine):
    """Rules are moves of the cluster, of a person, of the clock; invariants are the protocol's."""

    world: World

    def __init__(self) -> None:
        super().__init__()
        self.now = START
        self.cluster = PlayedCluster()
        self.jobs: dict[UUID, Job] = {}
        self.ended: dict[UUID, JobState] = {}
        self.epochs: dict[UUID, int] = {}

    @initialize()
    def found(self) -> None:
        self.world = enrolled()
        for recipe in (JobRecipe.EXPORT, JobRecipe.TRAIN):
            job = self.world.start(recipe)
            self.jobs[job.id] = job

    def inside(self) -> AbstractContextManager[None]:
        return tenant(self.world.organization_id)

    # --- the cluster -----------------------------------------------------------------------

    @rule(free=st.integers(0, 2), answer_lost=st.booleans())
    def poll(self, free: int, answer_lost: bool) -> None:
        with self.inside():
            offer_jobs(cluster_id=self.world.cluster.id, free_slots=free, now=self.now)
            commands = commands_after(cluster_id=self.world.cluster.id, after=self.cluster.cursor)
        if answer_lost or not commands:
            return
        self.cluster.cursor = commands[-1].seq
        for command in commands:
            self._obey(command.body)

    def _obey(self, body: Mapping[str, object]) -> None:
        job = UUID(str(body["job"]))
        if body["type"] == "job.offer":
            self.cluster.offers.append((job, int(str(body["epoch"]))))
            return
        for work in [work for work in self.cluster.alive if work.job == job]:
            self._end(work, JobState.CANCELLED)

    @precondition(lambda self: self.cluster.offers)
    @rule(data=st.data(), answer_lost=st.booleans(), keep=st.booleans())
    def claim(self, data: st.DataObject, answer_lost: bool, keep: bool) -> None:
        """Claim an offer, fresh or stale; a kept offer is claimed again later."""
        offer = data.draw(st.sampled_from(self.cluster.offers))
        if not keep:
            self.cluster.offers.remove(offer)
        job, epoch = offer
        try:
            with self.inside():
                grant = claim_job(
                    cluster_id=self.world.cluster.id,
                    session_epoch=self.cluster.session,
                    job_id=job,
                    epoch=epoch,
                    now=self.now,
                )
        except JobTaken:
            return
        known = {(work.job, work.epoch) for work in self.cluster.work}
        if not answer_lost and (job, grant.epoch) not in known:
            self.cluster.work.append(Work(job, grant.epoch, self.jobs[job].is_sticky))

    @precondition(lambda self: self.cluster.alive)
    @rule(data=st.data())
    def begin(self, data: st.DataObject) -> None:
        work = data.draw(st.sampled_from(self.cluster.alive))
        self.cluster.emit(
            JobStateChanged(job=work.job, job_epoch=work.epoch, state=JobState.RUNNING)
        )

    @precondition(lambda self: self.cluster.alive)
    @rule(data=st.data())
    def progress(self, data: st.DataObject) -> None:
        work = data.draw(st.sampled_from(self.cluster.alive))
        work.reports += 1
        done = work.epoch * MARK + work.reports
        self.cluster.emit(
            JobProgressed(job=work.job, job_epoch=work.epoch, stage=Stage.WRITING, done=done)
        )

    @precondition(lambda self: self.cluster.alive)
    @rule(data=st.data(), state=st.sampled_from(sorted(TERMINAL_STATES)))
    def end(self, data: st.DataObject, state: JobState) -> None:
        self._end(data.draw(st.sampled_from(self.cluster.alive)), state)

    def _end(self, work: Work, state: JobState) -> None:
        work.gone = True
        self.cluster.emit(JobStateChanged(job=work.job, job_epoch=work.epoch, state=state))

    @rule(jobs_too=st.booleans())
    def crash(self, jobs_too: bool) -> None:
        """The link, or the whole cluster, dies without a word; a new session opens."""
        self.cluster.session += 1
        for work in self.cluster.alive if jobs_too else []:
            work.gone = True

    @rule(answer_lost=st.booleans())
    def renew(self, answer_lost: bool) -> None:
        held = [HeldJob(job=work.job, job_epoch=work.epoch) for work in self.cluster.alive]
        with self.inside():
            answer = renew_leases(cluster_id=self.world.cluster.id, held=held, now=self.now)
        if answer_lost:
            return
        for work in self.cluster.alive:
            if work.job in answer.cancel:
                self._end(work, JobState.CANCELLED)
            work.gone = work.gone or work.job in answer.lost

    # --- the wire --------------------------------------------------------------------------

    @precondition(lambda self: self.cluster.outbox)
    @rule(data=st.data(), answer_lost=st.booleans())
    def upload(self, data: st.DataObject, answer_lost: bool) -> None:
        """Send any run of events from any place: repeats are skipped, a gap is told."""
        first = data.draw(st.integers(1, len(self.cluster.outbox)))
        last = data.draw(st.integers(first, len(self.cluster.outbox)))
        before = self._next_event()
        if first > before:
            with pytest.raises(EventsGap) as gap:
                self._send(self.cluster.outbox[first - 1 : last])
            assert gap.value.expected == before
            return
        receipt = self._send(self.cluster.outbox[first - 1 : last])
        assert receipt == max(before - 1, last)
        if not answer_lost:
            self.cluster.accepted = receipt

    @precondition(lambda self: self.cluster.accepted)
    @rule(data=st.data())
    def rewrite(self, data: st.DataObject) -> None:
        """An accepted event with other content is an alarm and changes nothing."""
        event = self.cluster.outbox[data.draw(st.integers(1, self.cluster.accepted)) - 1]
        other = event.model_copy(update={"at": START + timedelta(days=1)})
        with pytest.raises(EventsRewritten):
            self._send([other])

    def _send(self, events: list[Event]) -> int:
        batch = EventBatch(
            session_epoch=1, first_seq=events[0].seq, prev_hash=GENESIS, events=events
        )
        receipt = receive_events(
            organization_id=self.world.organization_id,
            cluster_id=self.world.cluster.id,
            batch=batch,
            head=GENESIS,
        )
        return receipt.accepted_seq

    # --- the clock and people --------------------------------------------------------------

    @rule(seconds=st.sampled_from([1, 20, 59, 61, 119, 121, 151, 400]))
    def pass_time(self, seconds: int) -> None:
        """Strict work gives up after 90 s without a renewal, before the control plane acts."""
        self.now += timedelta(seconds=seconds)
        for work in self.cluster.alive:
            work.gone = work.gone or (seconds > 90 and not work.sticky)
        self._sweep()

    @rule(seconds=st.sampled_from([-3600, -90, 90, 3600]))
    def jump(self, seconds: int) -> None:
        """The control plane's clock is set; clusters count on a monotonic one."""
        self.now += timedelta(seconds=seconds)
        self._sweep()

    def _sweep(self) -> None:
        for job in self.jobs:
            with self.inside():
                sweep_job(job_id=job, now=self.now)

    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        self._as_person(cancel_job, data.draw(st.sampled_from(sorted(self.jobs))), JobOver)

    @rule(data=st.data())
    def restart_silent(self, data: st.DataObject) -> None:
        job = data.draw(st.sampled_from(sorted(self.jobs)))
        self._as_person(restart_silent_job, job, (JobOver, JobNotSilent))

    def _as_person(self, act: object, job: UUID, refusals: object) -> None:
        actor = self.world.actor
        try:
            with self.inside():
                row = Job.objects.get(id=job)
                act(organization=actor.organization, actor=actor, job=row)  # type: ignore[operator]
        except refusals:  # type: ignore[misc]
            return

    # --- what must hold --------------------------------------------------------------------

    def _next_event(self) -> int:
        with self.inside():
            return Cluster.objects.get(id=self.world.cluster.id).next_event

    @invariant()
    def an_end_is_final_and_epochs_only_grow(self) -> None:
        for job in self._rows():
            before = self.ended.get(job.id)
            assert before is None or job.job_state is before
            if job.job_state.is_terminal:
                self.ended[job.id] = job.job_state
            assert job.epoch >= self.epochs.get(job.id, 0)
            self.epochs[job.id] = job.epoch

    @invariant()
    def nothing_is_written_with_an_old_epoch(self) -> None:
        for job in self._rows():
            assert job.done == 0 or job.done // MARK == job.epoch

    @invariant()
    def only_one_attempt_holds_a_job(self) -> None:
        with self.inside():
            open_attempts = list(Attempt.objects.filter(ended_at=None).values_list("job", "epoch"))
        assert len({job for job, _ in open_attempts}) == len(open_attempts)
        for job, epoch in open_attempts:
            assert epoch <= self.epochs.get(job, epoch)

    @invariant()
    def events_have_no_gap(self) -> None:
        if not self.jobs:
            return
        with self.inside():
            seqs = list(
                ReceivedEvent.objects.filter(cluster=self.world.cluster)
                .order_by("seq")
                .values_list("seq", flat=True)
            )
        assert seqs == list(range(1, self._next_event()))

    @invariant()
    def an_end_is_one_that_the_cluster_or_a_person_gave(self) -> None:
        """Folding the cluster's accepted events gives the state that is shown."""
        if not self.jobs:
            return
        accepted = self.cluster.outbox[: self._next_event() - 1]
        for job in self._rows():
            told = [
                event.body.state
                for event in accepted
                if isinstance(event.body, JobStateChanged)
                and event.body.job == job.id
                and event.body.job_epoch == job.epoch
                and event.body.state in TERMINAL_STATES
            ]
            if told:
                assert job.job_state in {told[0], JobState.CANCELLED}
            elif job.job_state.is_terminal:
                assert job.job_state is JobState.CANCELLED

    def _rows(self) -> list[Job]:
        if not self.jobs:
            return []
        with self.inside():
            return list(Job.objects.filter(id__in=list(self.jobs)))


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_leases_and_events(db: None) -> None:
    run_state_machine_as_test(
        LeaseMachine,
        settings=settings(
            max_examples=20,
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
