"""One cluster at work, on which the kills follow each other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.chaos.world import World, make_world, short_planes


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with short_planes(tmp_path_factory.mktemp("planes")) as planes:
        world = make_world(planes, to_annotate=3000, pause_seconds=0.5)
        world.crew.begin()
        yield world
