"""Each process of a cluster is killed once while work is under way (`kill -9`).

Afterwards every acknowledged answer is there once, every job has its one end, and what the control
plane knows is exactly what the ledger says it was told.
"""

from __future__ import annotations

import pytest

from tests.chaos.invariants import settled_violations
from tests.chaos.victims import VICTIMS, kill
from tests.chaos.world import World

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

STEPS = 30
END_SECONDS = 120.0


@pytest.mark.parametrize("victim", VICTIMS)
def test_work_survives_the_death_of(world: World, victim: str) -> None:
    training = world.start_training(STEPS)
    world.wait_for_job_process(training)
    answers = world.crew.count
    assert kill(world, victim) is not None
    other = world.start_scoring()
    world.wait_until_ended(END_SECONDS)
    states = {job["state"] for job in world.jobs() if job["id"] in (training, other)}
    assert states == {"succeeded"}
    assert world.crew.failures == []
    world.wait(lambda: world.crew.count > answers, 30, "further answers")


def test_nothing_was_lost_or_doubled(world: World) -> None:
    world.crew.end()
    world.wait_until_ended(END_SECONDS)
    assert world.crew.count > 0
    assert settled_violations(world) == []
