"""From nothing to an own recipe on screen, and from a save to what it shows.

`python -m benchmarks.own_recipe`: `annex recipes init`, its preview in Chromium, the form filled in
as a person would whose fingers take no time; then ten saves, each until the page shows the changed
example; and `annex --help`, ten times, beside a bare interpreter.
"""

from __future__ import annotations

import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from benchmarks.figures import Figure, finish
from common.embedded.browser import find_browser

TIMES = 10
FIVE_MINUTES = 300.0
MOST_SECONDS = 1.0
PATIENCE_MS = 60_000
ANNEX = [sys.executable, "-c", "from annex.cli.main import run; run()"]
TEXT = "Could you please send the report again?"
YIELDED = "yield Example(text,"


def measure_recipe() -> tuple[float, list[float]]:
    """Return the seconds to the first own example, and those of each save."""
    executable = str(find_browser())
    with (
        tempfile.TemporaryDirectory(prefix="annex-bench-") as folder,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        page = browser.new_page()
        page.set_default_timeout(PATIENCE_MS)
        began = time.perf_counter()
        subprocess.run(
            [*ANNEX, "recipes", "init", "own-words"], cwd=folder, check=True, capture_output=True
        )
        with previewed(Path(folder)) as address:
            fill_in(page, address)
            first = time.perf_counter() - began
            saves = save_often(page, Path(folder) / "own-words" / "own_words" / "recipes.py")
        browser.close()
    return first, saves


@contextmanager
def previewed(folder: Path) -> Iterator[str]:
    """Preview the package and give the address."""
    command = [*ANNEX, "recipes", "preview", "own-words", "--no-open"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as preview:
        assert preview.stdout
        yield preview.stdout.readline().strip()
        preview.send_signal(signal.SIGTERM)


def fill_in(page: Page, address: str) -> None:
    """Fill the form in and wait for the first example."""
    page.goto(address)
    page.get_by_label("Question").fill("How polite is it?")
    page.get_by_label("Labels").fill("Polite, Rude")
    page.get_by_role("button", name="Show the first example").click()
    expect_text(page, TEXT)


def save_often(page: Page, recipes: Path) -> list[float]:
    """Change the text that the recipe shows; return how long each change took to be there."""
    source, times = recipes.read_text(), []
    for number in range(TIMES):
        # A person looks before changing something again.
        page.wait_for_timeout(1000)
        began = time.perf_counter()
        recipes.write_text(source.replace(YIELDED, f'yield Example(f"{{text}} {number}",'))
        expect_text(page, f"{TEXT} {number}")
        times.append(time.perf_counter() - began)
    return times


def expect_text(page: Page, text: str) -> None:
    """Wait until the annotation screen shows a text."""
    shown = page.get_by_role("document", name="Text to classify")
    expect(shown).to_have_text(text, timeout=PATIENCE_MS)


def starts_of(command: list[str]) -> list[float]:
    """Return the seconds of each run of a command."""
    times = []
    for _ in range(TIMES):
        began = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(time.perf_counter() - began)
    return times


def main() -> int:
    """Measure and print."""
    bare = starts_of([sys.executable, "-c", "pass"])
    helps = starts_of([*ANNEX, "--help"])
    first, saves = measure_recipe()
    median, worst = statistics.median, max
    return finish(
        [
            Figure("init to first own example", round(first, 2), "s", high=FIVE_MINUTES),
            Figure("save to screen, median", round(median(saves), 2), "s", high=MOST_SECONDS),
            Figure("save to screen, worst", round(worst(saves), 2), "s", high=2 * MOST_SECONDS),
            Figure(
                "annex --help, median",
                round(median(helps), 3),
                "s",
                reference=round(median(bare), 3),
                against="python -c pass",
            ),
            Figure("annex --help, worst", round(worst(helps), 3), "s"),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
