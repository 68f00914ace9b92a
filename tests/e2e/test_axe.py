"""axe finds nothing serious on any screen: light, dark, and where it is narrow."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page

from examples.demo.gold import Material
from examples.demo.planes import Planes
from tests.e2e.gallery import Gallery, hang
from tests.e2e.screens import NARROW, WIDE, Scheme
from tests.e2e.tour import SETTLE_MS, Screen, screens, sign_in_everywhere

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(900)]

AXE = Path(__file__).resolve().parents[2] / "frontend/node_modules/axe-core/axe.min.js"
# Given to the page by the browser's own door, which no content security policy stands before.
ASK = """
async () => (await axe.run({ resultTypes: ["violations"] })).violations
  .filter(({ impact }) => impact === "serious" || impact === "critical")
  .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`)
"""


class Look(NamedTuple):
    """How a screen is looked at; one that is open already changes its look without a new start."""

    name: str
    scheme: Scheme
    size: tuple[int, int]


LOOKS = (
    Look("light", "light", WIDE),
    Look("dark", "dark", WIDE),
    Look("on a phone", "light", NARROW),
)


@pytest.fixture(scope="module")
def gallery(planes: Planes, board: list[object], material: Material) -> Gallery:
    return hang(planes, material)


def test_axe_finds_nothing_serious(gallery: Gallery, browser: Browser) -> None:
    inside, outside = browser.new_context(), browser.new_context()
    sign_in_everywhere(inside, gallery.planes)
    found: dict[str, list[str]] = {}
    for screen in screens(gallery):
        page = (inside if screen.signed_in else outside).new_page()
        found |= findings(page, screen)
        page.close()
    inside.close()
    outside.close()
    assert found == {}


def findings(page: Page, screen: Screen) -> dict[str, list[str]]:
    """Return what axe holds against a screen as it looks on each device, if anything."""
    found: dict[str, list[str]] = {}
    looks = [look for look in LOOKS if screen.narrow or look.size is WIDE]
    for number, look in enumerate(looks):
        page.set_viewport_size({"width": look.size[0], "height": look.size[1]})
        page.emulate_media(color_scheme=look.scheme)
        if number == 0:
            screen.open(page)
        else:
            page.wait_for_timeout(SETTLE_MS)
        found[f"{screen.name}, {look.name}"] = ask_axe(page)
    return {name: held for name, held in found.items() if held}


def ask_axe(page: Page) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(ASK)
    return found
