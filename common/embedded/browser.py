"""Find a Chromium for the journeys and the screenshots; install one only if there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from common.embedded.environment import BROWSER
from common.embedded.problems import BrowserNotFound

ASKING: Final = """
from playwright.sync_api import sync_playwright

with sync_playwright() as playwright:
    print(playwright.chromium.executable_path, end="")
"""
NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def find_browser() -> Path:
    """Return an executable: ANNEX_BROWSER, the PATH, Playwright's own, or apt's when root.

    Effects: may install Debian's chromium, as the last resort and only as root.
    Raises: BrowserNotFound (customer) with the command to type.
    """
    steps: tuple[Callable[[], Path | None], ...] = (chosen, on_path, playwrights_own, from_apt)
    for step in steps:
        found = step()
        if found is not None:
            return found
    raise BrowserNotFound("Looked at ANNEX_BROWSER, the PATH, Playwright's folder and apt-get.")


def chosen() -> Path | None:
    """Return the browser that ANNEX_BROWSER names; a wrong name is an error, not a fallback."""
    path = BROWSER.read()
    if path is not None and not path.is_file():
        raise BrowserNotFound(f"ANNEX_BROWSER names {path}, which is not a file.")
    return path


def on_path() -> Path | None:
    """Return the first browser on the PATH."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return Path(found) if found else None


def playwrights_own() -> Path | None:
    """Return the browser that `playwright install chromium` has put down, if any.

    In a process of its own: of Playwright one runs at a time, and the caller may have it open.
    """
    asked = subprocess.run([sys.executable, "-c", ASKING], capture_output=True, check=True)
    path = Path(os.fsdecode(asked.stdout))
    return path if path.is_file() else None


def from_apt() -> Path | None:
    """Install Debian's chromium when root, and return it."""
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        return None
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in ([apt, "update"], [apt, "install", "-y", "chromium"]):
        print("+", *command, file=sys.stderr)
        subprocess.run(command, env=environment, stdout=sys.stderr, check=False)
    return on_path()


if __name__ == "__main__":
    print(find_browser())
