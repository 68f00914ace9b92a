"""Both planes as real processes, with an enrolled cluster and an empty project on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console as Terminal

from examples.demo.cluster import Cluster
from examples.demo.console import Console
from examples.demo.gold import Material
from examples.demo.journey import Journey, begin
from examples.demo.planes import DEMO_EMAIL, DEMO_ORGANIZATION, Planes, Ports
from examples.demo.run import Stage, enrol


@dataclass(frozen=True)
class Ground:
    """The running planes and the owner's way through them."""

    planes: Planes
    journey: Journey


@contextmanager
def running_ground(label: str) -> Iterator[Ground]:
    """Start both planes in a folder of their own and make a project with one label."""
    with (
        TemporaryDirectory(prefix="annex-bench-") as folder,
        Planes(Path(folder), Ports.free()) as planes,
    ):
        planes.bootstrap()
        yield Ground(planes, enrolled_journey(planes, label))


def enrolled_journey(planes: Planes, label: str) -> Journey:
    """Enrol the cluster, let everyone in, and make the project."""
    material = Material("Bench", (label,), [], [], [], 0)
    console = Console(planes.console_origin, DEMO_ORGANIZATION)
    console.sign_in(DEMO_EMAIL, planes.password)
    cluster_id = enrol(Stage(planes, material, Terminal(quiet=True)), console)
    planes.work("people", "approve", "--everyone")
    cluster = Cluster(planes.worker_origin, console).sign_in()
    return begin(console, cluster, cluster_id, material, planes.folder / "input")
