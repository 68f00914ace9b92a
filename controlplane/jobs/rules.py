"""How a job may change its state: ordered rules, each with a from-set and a to-set.

A cluster, a person or the clock proposes; the first rule that has an opinion decides. What no rule
allows does not happen. Nothing else writes `Job.state`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from annex.contract.enums import TERMINAL_STATES, JobState

from controlplane.jobs.models import Job

EVERY: Final = frozenset(JobState)
LEASED: Final = frozenset({JobState.HELD, JobState.RUNNING})
WAITING: Final = frozenset({JobState.QUEUED, JobState.OFFERED, JobState.LOST})


class Proposer(StrEnum):
    """Who wants the change."""

    CLUSTER = "cluster"
    PERSON = "person"
    CLOCK = "clock"


@dataclass(frozen=True)
class Proposal:
    """A wish. `epoch` is what the proposer believes the job carries."""

    to: JobState
    by: Proposer
    epoch: int


@dataclass(frozen=True)
class Ruling:
    """The decision: the state to take, or None to stay; `rule` names who decided."""

    rule: str
    to: JobState | None


Decide = Callable[[Job, Proposal], JobState | None]
Applies = Callable[[Job, Proposal], bool]


@dataclass(frozen=True)
class Rule:
    """Decides proposals between its from- and to-set for which `applies` holds."""

    name: str
    from_states: frozenset[JobState]
    to_states: frozenset[JobState]
    applies: Applies
    decide: Decide


def judge(job: Job, proposal: Proposal) -> Ruling:
    """Return the first rule's decision."""
    for rule in RULES:
        between = job.job_state in rule.from_states and proposal.to in rule.to_states
        if between and rule.applies(job, proposal):
            return Ruling(rule.name, rule.decide(job, proposal))
    return Ruling("nothing_allows_it", None)


def _always(job: Job, proposal: Proposal) -> bool:
    return True


def _by(*proposers: Proposer) -> Applies:
    return lambda job, proposal: proposal.by in proposers


def _stay(job: Job, proposal: Proposal) -> JobState | None:
    return None


def _take(job: Job, proposal: Proposal) -> JobState | None:
    return proposal.to


def _cancel(job: Job, proposal: Proposal) -> JobState | None:
    return JobState.CANCELLED


RULES: Final[tuple[Rule, ...]] = (
    Rule("terminal_is_final", TERMINAL_STATES, EVERY, _always, _stay),
    Rule("old_epoch", EVERY, EVERY, lambda job, proposal: proposal.epoch != job.epoch, _stay),
    # What somebody has cancelled is not started again.
    Rule(
        "cancelled_when_lost",
        LEASED,
        frozenset({JobState.LOST}),
        lambda job, proposal: job.cancel_requested_at is not None and not job.is_sticky,
        _cancel,
    ),
    Rule(
        "sticky_is_silent_not_lost",
        LEASED,
        frozenset({JobState.LOST}),
        lambda job, proposal: job.is_sticky,
        _stay,
    ),
    Rule("offer", frozenset({JobState.QUEUED}), frozenset({JobState.OFFERED}), _always, _take),
    Rule(
        "claim",
        frozenset({JobState.QUEUED, JobState.OFFERED}),
        frozenset({JobState.HELD}),
        _by(Proposer.CLUSTER),
        _take,
    ),
    Rule(
        "start",
        frozenset({JobState.HELD}),
        frozenset({JobState.RUNNING}),
        _by(Proposer.CLUSTER),
        _take,
    ),
    Rule("end", LEASED, TERMINAL_STATES, _by(Proposer.CLUSTER), _take),
    # The lease ran out, nobody has claimed since, and now the work turns out to be done.
    Rule(
        "late_end",
        WAITING,
        TERMINAL_STATES,
        lambda job, proposal: proposal.by is Proposer.CLUSTER and job.epoch > 0,
        _take,
    ),
    # A command that the cluster refuses ends the job before anyone has claimed it.
    Rule(
        "refused",
        frozenset({JobState.OFFERED, JobState.QUEUED}),
        frozenset({JobState.FAILED}),
        _by(Proposer.CLUSTER),
        _take,
    ),
    Rule(
        "offer_lapsed",
        frozenset({JobState.OFFERED}),
        frozenset({JobState.QUEUED}),
        _by(Proposer.CLOCK),
        _take,
    ),
    Rule("lease_lost", LEASED, frozenset({JobState.LOST}), _by(Proposer.CLOCK), _take),
    Rule(
        "queue_again",
        frozenset({JobState.LOST}),
        frozenset({JobState.QUEUED}),
        _by(Proposer.CLOCK),
        _take,
    ),
    Rule("cancel_waiting", WAITING, frozenset({JobState.CANCELLED}), _by(Proposer.PERSON), _take),
    Rule(
        "cancel_silent",
        LEASED,
        frozenset({JobState.CANCELLED}),
        lambda job, proposal: proposal.by is Proposer.PERSON and job.silent,
        _take,
    ),
    Rule(
        "start_silent_again",
        LEASED,
        frozenset({JobState.QUEUED}),
        lambda job, proposal: proposal.by is Proposer.PERSON and job.silent,
        _take,
    ),
)
