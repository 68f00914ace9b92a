"""Real packages: built into wheels once a run, installed into environments once a process."""

from __future__ import annotations

import fcntl
import io
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from annex.contract.enums import TaskRecipe
from pytest_django import Settings

from tests.worker.cast import Stage, make_stage
from worker.published.actions import install_package, publish_package
from worker.published.checking import CHECKERS
from worker.published.following import follow_task
from worker.published.models import Package, Stream
from worker.published.wheels import ReadWheel, read_wheel

REPOSITORY = Path(__file__).resolve().parents[3]
SOURCES = [
    REPOSITORY / "examples" / "polite-words",
    REPOSITORY / "examples" / "polite-recipes",
    Path(__file__).parent / "unruly",
]
ACTOR = uuid.UUID(int=7)
KNOWN = (
    *("name", "version", "digest", "state", "description", "description_digest"),
    "published_by",
)


@pytest.fixture(autouse=True)
def none_left() -> Iterator[None]:
    """Keep no recipe at hand for the next test."""
    yield
    CHECKERS.end()


@pytest.fixture(scope="session")
def wheelhouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build our wheels once for all processes of the run; `annex` is to be the worker's own."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if base.name.startswith("popen-") else base
    house, done = shared / "wheelhouse", shared / "wheelhouse.done"
    with (shared / "wheelhouse.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            pip = [
                sys.executable,
                "-m",
                "pip",
                "wheel",
                "--quiet",
                "--no-deps",
                "--wheel-dir",
                str(house),
            ]
            subprocess.run([*pip, *map(str, SOURCES)], check=True)
            done.touch()
    return house


@pytest.fixture(scope="session")
def environments(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The local disk of this process's pod."""
    return tmp_path_factory.mktemp("local")


@pytest.fixture
def cluster(settings: Settings, environments: Path) -> Settings:
    """Settings of a cluster that takes packages; a hanging recipe does not hold up the tests."""
    settings.LOCAL_FOLDER = environments
    settings.RECIPE_SECONDS = 20.0
    return settings


@dataclass
class House:
    """The wheels, and packages made of them.

    `installed` has what is known of those whose environments have been made by a test before.
    """

    folder: Path
    installed: dict[str, dict[str, Any]]

    def wheels(self, package: str, *, without: str = "?") -> list[ReadWheel]:
        """Return the package's wheel with those of everything that it may need."""
        ours = ("polite_recipes", "unruly_recipes")
        found = []
        for path in sorted(self.folder.glob("*.whl")):
            is_other = path.name.startswith(ours) and not path.name.startswith(package)
            if not is_other and not path.name.startswith(without):
                found.append(read_wheel(path.name, io.BytesIO(path.read_bytes())))
        return found

    def publish(self, package: str) -> Package:
        return publish_package(self.wheels(package), actor=ACTOR)[0]

    def describe(self, package: str) -> dict[str, Any]:
        """Return what the package says of itself, as a laptop knows it before it is published."""
        if package not in self.installed:
            self.install(package).delete()
        return dict(self.installed[package]["description"])

    def install(self, package: str) -> Package:
        if package in self.installed:
            return Package.objects.get_or_create(**self.installed[package])[0]
        published = self.publish(package)
        install_package(published.id)
        published.refresh_from_db()
        assert published.state == Package.State.INSTALLED, published.log
        self.installed[package] = Package.objects.filter(id=published.id).values(*KNOWN).get()
        return published


@pytest.fixture(scope="session")
def installed() -> dict[str, dict[str, Any]]:
    return {}


@pytest.fixture
def house(wheelhouse: Path, cluster: Settings, installed: dict[str, dict[str, Any]]) -> House:
    return House(wheelhouse, installed)


def recipe_of(package: Package, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """Return what a snapshot says of a task's recipe."""
    return {
        "package": package.name,
        "package_version": package.version,
        "digest": package.description_digest,
        "name": name,
        "version": 1,
        "arguments": arguments,
    }


def give_recipe(stage: Stage, recipe: dict[str, Any]) -> Stream:
    """Have the stage's task run a recipe, as an applied snapshot would."""
    stage.task.recipe, stage.task.published = TaskRecipe.PUBLISHED.value, recipe
    stage.task.save()
    follow_task(stage.task)
    return Stream.objects.get(task_id=stage.task.id)


Staged = Callable[..., Stage]


@pytest.fixture
def staged(house: House, db: None) -> Staged:
    """Return a function that makes a stage whose task runs a recipe of a package."""

    def make(name: str, arguments: dict[str, Any], *, overlap: int = 1) -> Stage:
        package = house.install(f"{name.partition('.')[0]}_recipes")
        stage = make_stage(overlap=overlap)
        give_recipe(stage, recipe_of(package, name, arguments))
        return stage

    return make
