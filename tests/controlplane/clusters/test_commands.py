"""What waits for a cluster: numbered, and never in a misleading order."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from annex.contract.inbound import ConfigSnapshot
from django.utils import timezone

from controlplane.clusters.commands import commands_after
from controlplane.jobs.leases import offer_jobs
from controlplane.lib.tenancy import tenant
from controlplane.projects.models import Project
from controlplane.projects.snapshots import send_project_snapshot
from tests.controlplane.clusters.world import World, enrolled

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return enrolled()


def change(world: World) -> None:
    with tenant(world.organization_id):
        send_project_snapshot(world.project.id)


def offer(world: World) -> None:
    world.start()
    with tenant(world.organization_id):
        assert offer_jobs(cluster_id=world.cluster.id, free_slots=9, now=timezone.now()) == 1


def poll(world: World, after: int = 0) -> list[str]:
    """Return what a poll brings, with the versions of snapshots."""
    with tenant(world.organization_id):
        commands = commands_after(cluster_id=world.cluster.id, after=after)
    return [
        f"snapshot {body.version}" if isinstance(body := parse(c.body), ConfigSnapshot) else "offer"
        for c in commands
    ]


def parse(body: Mapping[str, object]) -> ConfigSnapshot | None:
    is_snapshot = body["type"] == "config.snapshot"
    return ConfigSnapshot.model_validate(body) if is_snapshot else None


def last_number(world: World) -> int:
    with tenant(world.organization_id):
        return max(world.cluster.commands.values_list("seq", flat=True))


def test_of_undelivered_snapshots_the_newest_is_left(world: World) -> None:
    for _ in range(3):
        change(world)
    assert poll(world) == ["snapshot 3"]


def test_an_offer_keeps_the_snapshot_that_its_job_was_made_on(world: World) -> None:
    change(world)
    change(world)
    offer(world)
    change(world)
    change(world)
    assert poll(world) == ["snapshot 2", "offer", "snapshot 4"]


def test_a_delivered_offer_holds_nothing_back(world: World) -> None:
    change(world)
    offer(world)
    seen = last_number(world)
    change(world)
    assert poll(world, after=seen) == ["snapshot 2"]
    change(world)
    assert poll(world, after=seen) == ["snapshot 3"]


def test_another_projects_snapshot_stays(world: World) -> None:
    change(world)
    with tenant(world.organization_id):
        world.project = Project.objects.create(
            organization=world.actor.organization,
            title="Mail",
            cluster=world.cluster,
            created_by=world.actor.user,
        )
    change(world)
    assert len(poll(world)) == 2
