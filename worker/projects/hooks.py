"""How the rooms above follow a project's configuration: they register here in `ready()`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from annex.contract.inbound import ConfigSnapshot

FollowSnapshot = Callable[["AppliedSnapshot"], None]


@dataclass(frozen=True)
class AppliedSnapshot:
    """A snapshot whose mirrors are written.

    `changed_tasks` are new or altered tasks of any state; `closed_tasks` left the project;
    `removed_people` are subjects that are in the project no longer.
    """

    snapshot: ConfigSnapshot
    changed_tasks: frozenset[UUID]
    closed_tasks: frozenset[UUID]
    removed_people: frozenset[UUID]


_followers: list[FollowSnapshot] = []


def on_snapshot(follow: FollowSnapshot) -> FollowSnapshot:
    """Call `follow` in the transaction of every applied snapshot, in the order of registration."""
    if follow not in _followers:
        _followers.append(follow)
    return follow


def run_followers(applied: AppliedSnapshot) -> None:
    """Let every registered room follow. Raises what a follower raises; then nothing is applied."""
    for follow in _followers:
        follow(applied)
