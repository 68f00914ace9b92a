"""The running planes, the browser and the people who use both."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from rich.console import Console as Terminal

from common.embedded.browser import find_browser
from examples.demo.console import Console
from examples.demo.gold import Material, documentation_material
from examples.demo.planes import DEMO_EMAIL, DEMO_ORGANIZATION, Planes, Ports
from examples.demo.report import board_rows
from examples.demo.run import ANNOTATORS, Stage, enrol, play
from tests.e2e.demo_stage import small
from tests.e2e.watching import Watch

WIDTH, HEIGHT = 1440, 900
OpenContext = Callable[..., BrowserContext]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Walk the gallery last: what is hung there, a failed job too, is not the demo's own."""
    items.sort(key=lambda item: item.path.name == "test_axe.py")


@pytest.fixture(scope="session")
def material() -> Material:
    """Enough of the demo's own text to learn something in half a minute."""
    return small(documentation_material())


@pytest.fixture(scope="session")
def planes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planes]:
    """Both planes, with an owner, an organization and simulated annotators; no cluster yet."""
    folder = tmp_path_factory.mktemp("planes")
    with Planes(folder, Ports.free(), durable=False) as running:
        running.bootstrap(simulated=ANNOTATORS)
        yield running


@pytest.fixture(scope="session")
def stage(planes: Planes, material: Material) -> Stage:
    return Stage(planes, material, Terminal(quiet=True))


@pytest.fixture(scope="session")
def enrolled(stage: Stage) -> str:
    """Id of the cluster, enrolled and at work."""
    planes = stage.planes
    console = Console(planes.console_origin, DEMO_ORGANIZATION)
    return enrol(stage, console.sign_in(DEMO_EMAIL, planes.password))


@pytest.fixture(scope="session")
def board(stage: Stage, enrolled: str) -> list[dict[str, object]]:
    """Rows of the board after the whole main job."""
    return board_rows(play(stage))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = find_browser()
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=str(executable), args=["--no-sandbox"]
        )
        yield launched
        launched.close()


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Fail the test on whatever a page of it complained about."""
    watching = Watch()
    yield watching
    watching.check()


@pytest.fixture
def context(browser: Browser, watch: Watch) -> Iterator[BrowserContext]:
    """One person's browser, watched."""
    opened = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, accept_downloads=True)
    watch.attach(opened)
    yield opened
    opened.close()
