"""From `annex recipes init` to the first own example on screen, and a save that shows at once."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.test_axe import ask_axe
from tests.e2e.watching import Watch

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PATIENCE_MS = 30_000
REFUSED_OR_WAITING = r"status of (400|503)"
COMMAND = [sys.executable, "-m", "annex.cli.recipes"]
FIRST, SECOND = "Could you please send the report again?", "Send it now."


@pytest.fixture
def recipes(tmp_path: Path) -> Path:
    """The module of a package that was just begun."""
    subprocess.run([*COMMAND, "init", "polite-words"], cwd=tmp_path, check=True)
    return tmp_path / "polite-words" / "polite_words" / "recipes.py"


@pytest.fixture
def origin(recipes: Path) -> Iterator[str]:
    """Where its preview is, until Ctrl-C."""
    command = [*COMMAND, "preview", "polite-words", "--no-open"]
    place = recipes.parents[2]
    with subprocess.Popen(command, cwd=place, stdout=subprocess.PIPE, text=True) as preview:
        assert preview.stdout
        yield preview.stdout.readline().strip()
        preview.send_signal(signal.SIGTERM)
        assert preview.wait(30) == 0


@pytest.fixture
def page(context: BrowserContext, watch: Watch) -> Page:
    watch.allowed.append(REFUSED_OR_WAITING)
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    return page


def expect_text(page: Page, text: str) -> None:
    expect(page.get_by_role("document", name="Text to classify")).to_have_text(
        text, timeout=PATIENCE_MS
    )


def expect_accessible(page: Page) -> None:
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert ask_axe(page) == []


def start(page: Page, origin: str) -> None:
    """Fill the form in and go to the first example; what is missing is said where it is."""
    page.goto(origin)
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Choose labels for the texts of a file"
    )
    assert page.get_by_label("Source").input_value() == "sample.jsonl"
    page.get_by_role("button", name="Show the first example").click()
    question = page.get_by_label("Question")
    expect(question).to_be_focused()
    expect(page.get_by_role("alert").filter(has_text="This is required.")).to_be_visible()
    expect_accessible(page)
    question.fill("How polite is it?")
    expect(page.locator("#command")).to_contain_text("--question='How polite is it?'")
    page.get_by_label("Labels").fill("Polite, Rude")
    page.get_by_role("button", name="Show the first example").click()
    page.wait_for_url("**/t/*")
    expect_text(page, FIRST)


def annotate(page: Page) -> None:
    """Answer by keyboard; what the recipe does not take comes back with its reason."""
    expect(page.get_by_text("How polite is it?")).to_be_visible()
    page.keyboard.press("Enter")
    expect_text(page, SECOND)
    expect(page.get_by_text("Choose at least one label, or reject the example.")).to_be_visible()
    page.get_by_role("button", name="Change the answer").click()
    expect_text(page, FIRST)
    page.keyboard.press("1")
    expect(page.get_by_role("button", name="Polite")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Enter")
    expect_text(page, SECOND)
    expect(page.get_by_text("1 of 3")).to_be_visible()


def test_a_recipe_is_on_screen_and_follows_its_file(recipes: Path, origin: str, page: Page) -> None:
    source = recipes.read_text()
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url))
    start(page, origin)
    annotate(page)

    recipes.write_text(source.replace("yield Example(text,", "yield Example(text.upper(),"))
    expect_text(page, FIRST.upper())

    broken = source.replace("yield Example(text,", "yield Example(txt,")
    recipes.write_text(broken)
    fault = page.get_by_role("alert", name="Fault")
    expect(fault).to_contain_text("NameError: name 'txt' is not defined")
    line = 1 + ["Example(txt," in line for line in broken.splitlines()].index(True)
    expect(fault).to_contain_text(f"{recipes}:{line}")
    expect_accessible(page)

    recipes.write_text(source)
    expect_text(page, FIRST)
    page.goto(origin)
    assert page.get_by_label("Labels").input_value() == "Polite, Rude"
    here = (origin.partition("/?")[0] + "/", "data:", "blob:")
    assert asked
    assert {url for url in asked if not url.startswith(here)} == set()
