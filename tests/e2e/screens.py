"""`make screens`: take a picture of every screen, light and dark, into `docs/screens/`."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, FloatRect, Page, ViewportSize, sync_playwright
from rich.console import Console as Terminal

from common.embedded.browser import find_browser
from examples.demo.gold import documentation_material
from examples.demo.planes import Planes, Ports
from examples.demo.run import ANNOTATORS, Stage, play
from tests.e2e.gallery import hang
from tests.e2e.tour import Screen, screens, sign_in_everywhere

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "screens"
WIDE, NARROW = (1440, 900), (390, 844)
TALLEST = 2400
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


def main(*only: str) -> None:
    """Play the demo, then walk through every screen, or those whose name has one of `only`."""
    folder, material = Path(tempfile.mkdtemp(prefix="annex-screens-")), documentation_material()
    try:
        with Planes(folder, Ports.free(), durable=False) as planes:
            planes.bootstrap(simulated=ANNOTATORS)
            play(Stage(planes, material, Terminal()))
            shots = [each for each in screens(hang(planes, material)) if named(each, only)]
            photograph(planes, shots)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def named(screen: Screen, only: tuple[str, ...]) -> bool:
    return not only or any(part in screen.name for part in only)


def photograph(planes: Planes, shots: list[Screen]) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    found = find_browser()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.fspath(found), args=["--no-sandbox"]
        )
        for scheme in SCHEMES:
            for path in pictures(browser, planes, shots, scheme):
                sys.stdout.write(f"{path.name} {path.stat().st_size // 1000} kB\n")
        browser.close()


def top_of(page: Page) -> FloatRect:
    """Return the whole page, or as much of it as anybody looks at in a picture."""
    wide = page.evaluate("document.documentElement.clientWidth")
    high = page.evaluate("document.documentElement.scrollHeight")
    return {"x": 0, "y": 0, "width": wide, "height": min(TALLEST, high)}


def pictures(
    browser: Browser, planes: Planes, shots: list[Screen], scheme: Scheme
) -> Iterator[Path]:
    """Yield the pictures of one colour scheme as they are taken."""
    for size, ending in ((WIDE, ""), (NARROW, "-390")):
        viewport: ViewportSize = {"width": size[0], "height": size[1]}
        inside = browser.new_context(viewport=viewport, color_scheme=scheme)
        outside = browser.new_context(viewport=viewport, color_scheme=scheme)
        sign_in_everywhere(inside, planes)
        for shot in shots:
            if size is NARROW and not shot.narrow:
                continue
            page = (inside if shot.signed_in else outside).new_page()
            shot.open(page)
            path = FOLDER / f"{shot.name}{ending}-{scheme}.png"
            page.screenshot(path=path, full_page=True, clip=top_of(page))
            page.close()
            yield path
        inside.close()
        outside.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
