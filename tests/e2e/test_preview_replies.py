"""The screens that ask for no label, through a preview: a text, one of several, a bare verdict."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.e2e.test_preview import expect_accessible, origin, page, recipes

__all__ = ["origin", "page", "recipes"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]

SOURCE = '''
from annex.recipes import Example, Task, task_recipe

TEXTS = ["Where is my card?", "My card is lost."]


@task_recipe("replies.{view}", view="{view}")
def reply() -> Task:
    """Reply to letters."""
    options = ["At the bank.", "We sent it yesterday, 👩‍👩‍👧.", "Who asks?"]
    if "{view}" != "compare":
        options = []
    return Task(stream=[Example(text, options=options) for text in TEXTS])
'''
PHONE: ViewportSize = {"width": 390, "height": 780}


def start(recipes: Path, origin: str, page: Page, view: str) -> None:
    """Show the first example of a recipe with this view; nothing has to be typed for it."""
    recipes.write_text(SOURCE.replace("{view}", view))
    page.goto(origin)
    expect(page.get_by_role("heading", level=1)).to_have_text("Reply to letters")
    page.get_by_role("button", name="Show the first example").click()
    page.wait_for_url("**/t/*")
    expect_text(page, "Where is my card?")


def expect_text(page: Page, text: str) -> None:
    expect(page.locator("main [role=document]")).to_have_text(text)


def expect_fit(page: Page) -> None:
    """Light and dark, wide and on a phone: nothing is cut off, axe finds nothing."""
    wide = page.viewport_size
    assert wide
    sizes: list[ViewportSize] = [PHONE, wide]
    for size in sizes:
        page.set_viewport_size(size)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        expect_accessible(page)
    page.set_viewport_size(wide)


def saved(page: Page, origin: str) -> list[dict[str, object]]:
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    answers = page.request.get(f"{origin.partition('?')[0].rstrip('/')}/preview/answers.jsonl")
    return [json.loads(line) for line in answers.text().splitlines()]


def test_a_text_is_written_kept_and_accepted_by_keyboard(
    recipes: Path, origin: str, page: Page
) -> None:
    start(recipes, origin, page, "text")
    field = page.get_by_label("Your answer")
    accept = page.get_by_role("button", name="Accept")
    expect(field).to_be_focused()
    expect(accept).to_be_disabled()
    page.keyboard.type("At the bank.\nAsk at gate 7, xyz.")
    expect(accept).to_be_enabled()
    expect_fit(page)
    page.reload()
    expect(field).to_have_value("At the bank.\nAsk at gate 7, xyz.")
    page.keyboard.press("Control+Enter")
    expect_text(page, "My card is lost.")
    expect(field).to_have_value("")
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("z")
    expect_text(page, "Where is my card?")
    expect(field).to_have_value("At the bank.\nAsk at gate 7, xyz.")
    page.keyboard.press("Shift+Z")
    expect_text(page, "My card is lost.")
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("x")
    expect(page.get_by_text("2 of 2")).to_be_visible()
    first, second = saved(page, origin)
    assert (first["answer"], first["written"]) == ("accept", "At the bank.\nAsk at gate 7, xyz.")
    assert (second["answer"], second["written"]) == ("reject", "")


def test_an_option_is_picked_by_its_number(recipes: Path, origin: str, page: Page) -> None:
    start(recipes, origin, page, "compare")
    second = page.get_by_role("button", name="Option 2")
    expect(second).to_contain_text("We sent it yesterday, 👩‍👩‍👧.")
    expect_fit(page)
    page.keyboard.press("4")
    expect_text(page, "Where is my card?")
    page.keyboard.press("2")
    expect_text(page, "My card is lost.")
    page.keyboard.press("z")
    expect(second).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Shift+Z")
    page.get_by_role("button", name="None of them").click()
    expect(page.get_by_text("2 of 2")).to_be_visible()
    first, last = saved(page, origin)
    assert (first["answer"], first["picked"]) == ("accept", 1)
    assert (last["answer"], last.get("picked")) == ("reject", None)


def test_a_mark_is_accepted_as_it_stands(recipes: Path, origin: str, page: Page) -> None:
    start(recipes, origin, page, "mark")
    expect(page.get_by_text("Is it right as it stands?").first).to_be_visible()
    expect_fit(page)
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    expect_text(page, "My card is lost.")
    page.keyboard.press("x")
    expect(page.get_by_text("2 of 2")).to_be_visible()
    said = [(row["answer"], row["spans"], row["choices"]) for row in saved(page, origin)]
    assert said == [("accept", [], []), ("reject", [], [])]
