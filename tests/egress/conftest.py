"""Both planes with everything between them recorded, and the whole job done on marked text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from examples.demo.planes import Ports
from tests.egress.play import act
from tests.egress.publishing import Publishing, laptop_behind_a_tap
from tests.egress.scene import Scene, TappedPlanes
from tests.egress.tap import Tap
from tests.egress.watched import RedisWatch


@pytest.fixture(scope="session")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """The planes after the whole job, still running."""
    folder = tmp_path_factory.mktemp("planes")
    roots = tmp_path_factory.mktemp("roots")
    ports = Ports.free()
    with ExitStack() as stack:
        console, poll, laptop = (
            stack.enter_context(Tap(port)) for port in (ports.console, ports.poll, ports.console)
        )
        planes = TappedPlanes.between(folder, ports, console, poll, roots)
        stack.enter_context(planes)
        watches = [
            stack.enter_context(RedisWatch(plane, planes.redis_url(plane)))
            for plane in ("controlplane", "worker")
        ]
        planes.bootstrap(simulated=1)
        scene = Scene(planes, [console, poll, laptop], watches, roots)
        journey = act(scene)
        scene.seen |= Publishing(scene, journey, laptop_behind_a_tap(scene, journey)).run()
        yield scene
