"""axe finds nothing serious on any screen, light or dark."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from examples.demo.gold import Material
from examples.demo.planes import Planes
from tests.e2e.gallery import Gallery, hang
from tests.e2e.screens import NARROW, WIDE, Scheme
from tests.e2e.tour import Screen, screens, sign_in_everywhere

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(900)]

AXE = Path(__file__).resolve().parents[2] / "frontend/node_modules/axe-core/axe.min.js"
# Given to the page by the browser's own door, which no content security policy stands before.
ASK = """
async () => (await axe.run({ resultTypes: ["violations"] })).violations
  .filter(({ impact }) => impact === "serious" || impact === "critical")
  .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`)
"""


@pytest.fixture(scope="module")
def gallery(planes: Planes, board: list[object], material: Material) -> Gallery:
    return hang(planes, material)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(gallery: Gallery, browser: Browser, scheme: Scheme) -> None:
    found = findings(browser, gallery, scheme, WIDE, list(screens(gallery)))
    assert found == {}


def test_axe_finds_nothing_serious_on_a_phone(gallery: Gallery, browser: Browser) -> None:
    narrow = [screen for screen in screens(gallery) if screen.narrow]
    assert findings(browser, gallery, "light", NARROW, narrow) == {}


def findings(
    browser: Browser, gallery: Gallery, scheme: Scheme, size: tuple[int, int], all_of: list[Screen]
) -> dict[str, list[str]]:
    """Return what axe holds against each screen, by the screen's name."""
    viewport: ViewportSize = {"width": size[0], "height": size[1]}
    inside = browser.new_context(viewport=viewport, color_scheme=scheme)
    outside = browser.new_context(viewport=viewport, color_scheme=scheme)
    sign_in_everywhere(inside, gallery.planes)
    found = {}
    for screen in all_of:
        page = (inside if screen.signed_in else outside).new_page()
        screen.open(page)
        found[screen.name] = ask_axe(page)
        page.close()
    inside.close()
    outside.close()
    return {name: held for name, held in found.items() if held}


def ask_axe(page: Page) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    findings: list[str] = page.evaluate(ASK)
    return findings
