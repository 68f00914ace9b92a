"""From a key to its paint on the annotation screen: `python -m benchmarks.key_to_paint`.

A real page of the running planes in Chromium, on a document of 5,000 tokens and one of 20,000: the
caret moves, a selection grows, a label marks, undo takes it back. A key's time runs from the event
to the first task after the frame that it changed. Frames are not held back to a screen's rhythm,
which would add up to 16 ms of waiting to whatever a key costs.
"""

from __future__ import annotations

import re
import statistics
import sys
from collections.abc import Sequence

from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from benchmarks.figures import Figure, finish
from benchmarks.planes_ground import Ground, running_ground
from common.embedded.browser import find_browser
from examples.demo.gold import documentation_material
from examples.demo.planes import DEMO_EMAIL

LABEL = "FIELD"
TOKENS = (5000, 20_000)
GATED = 5000
MOST_MS = 16.0
UNHURRIED = ["--no-sandbox", "--disable-frame-rate-limit", "--disable-gpu-vsync"]
PAUSE_MS = 20
KEYS = (
    *["ArrowRight"] * 40,
    *["Shift+ArrowRight"] * 20,
    *["Escape"] * 2,
    *["ArrowRight", "ArrowRight", "1"] * 40,
    *["z"] * 20,
)
WATCH = """
() => {
  window.painted = [];
  addEventListener("keydown", () => {
    const begun = performance.now();
    requestAnimationFrame(() => {
      const afterPaint = new MessageChannel();
      afterPaint.port1.onmessage = () => window.painted.push(performance.now() - begun);
      afterPaint.port2.postMessage(null);
    });
  }, { capture: true });
}
"""


def measure() -> dict[int, list[float]]:
    """Return the milliseconds of each key, by the document's number of tokens."""
    executable = str(find_browser())
    with running_ground(LABEL) as ground, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=UNHURRIED)
        words = documentation_words()
        times = {}
        for count in TOKENS:
            task = open_task(ground, " ".join(words[:count]))
            context = browser.new_context(viewport={"width": 1440, "height": 900})
            times[count] = press_keys(open_page(ground, context, task))
            context.close()
        browser.close()
    return times


def documentation_words() -> list[str]:
    """Return words of the demo's own texts, as one writes them."""
    return " ".join(row["text"] for row in documentation_material().rows).split()


def open_task(ground: Ground, text: str) -> str:
    """Import one text and open a task for it whose annotator is the owner."""
    console, journey = ground.journey.console, ground.journey
    name = f"{len(text)} characters"
    data = journey.import_rows(name, [{"text": text}], hold_back=0, advance=lambda *_: None)
    [me] = [row for row in console.pages("members") if row["email"] == DEMO_EMAIL]
    labels = console.get(journey.path("labels"))["labels"]
    body = {
        "title": name,
        "recipe": "ner.manual.v1",
        "dataset": data["dataset"],
        "labels": [label["id"] for label in labels],
        "annotators": [me["id"]],
    }
    task = str(console.post(journey.path("tasks"), body)["id"])
    journey.cluster.wait_for(f"/api/tasks/{task}", 30)
    return task


def open_page(ground: Ground, context: BrowserContext, task: str) -> Page:
    """Sign in on the way to the task and wait for its text."""
    page = context.new_page()
    page.goto(f"{ground.planes.worker_origin}/t/{task}")
    page.get_by_label("E-mail").fill(DEMO_EMAIL)
    page.get_by_role("textbox", name="Password").fill(ground.planes.password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_label(re.compile("^Text to "))).to_be_focused(timeout=60_000)
    return page


def press_keys(page: Page) -> list[float]:
    """Press every key once to warm up, then again, and return how long each took."""
    page.evaluate(WATCH)
    for _ in range(2):
        page.evaluate("window.painted = []")
        for key in KEYS:
            page.keyboard.press(key)
            page.wait_for_timeout(PAUSE_MS)
        page.wait_for_function("count => window.painted.length >= count", arg=len(KEYS))
    times: list[float] = page.evaluate("window.painted")
    return times


def figures_of(times: dict[int, list[float]]) -> list[Figure]:
    """Return the median and the 95th percentile of each document."""
    figures = []
    for count, taken in times.items():
        what = f"key to paint, {count:,} tokens"
        high = MOST_MS if count == GATED else None
        figures += [
            Figure(f"{what}, p50", round(statistics.median(taken), 1), "ms"),
            Figure(f"{what}, p95", round(percentile_95(taken), 1), "ms", high=high),
        ]
    return figures


def percentile_95(values: Sequence[float]) -> float:
    """Return the value that 95 of 100 do not pass."""
    return statistics.quantiles(values, n=20)[-1]


if __name__ == "__main__":
    sys.exit(finish(figures_of(measure())))
