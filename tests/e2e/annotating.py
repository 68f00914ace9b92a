"""Annotate with the keyboard alone, as the annotation screen teaches it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from playwright.sync_api import Locator, Page, expect

MOST_STEPS = 250
SAVE_MS = 30_000


def sheet_of(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Text to annotate")


def text_in_hand(page: Page) -> str:
    """Return the text of the example, as it stands on the sheet."""
    return str(sheet_of(page).evaluate("sheet => sheet.textContent"))


def wait_for_example(page: Page, not_this: str = "") -> str:
    """Wait for an example other than the given one and return its text."""
    expect(sheet_of(page)).to_be_focused(timeout=SAVE_MS)
    if not_this:
        expect(sheet_of(page)).not_to_have_text(not_this, use_inner_text=False)
    return text_in_hand(page)


def expect_saved(page: Page) -> None:
    expect(page.get_by_role("status").filter(has_text="Saved")).to_be_visible(timeout=SAVE_MS)


def mark_words(page: Page, words: Sequence[tuple[str, str]]) -> int:
    """Walk through the text with the arrow and press a label's key on each (word, key), in order.

    Returns: how many were found and marked.
    """
    spoken = page.locator("[aria-live=polite]").first
    marked, waiting = 0, list(words)
    for _ in range(MOST_STEPS):
        if not waiting:
            break
        page.keyboard.press("ArrowRight")
        word, key = waiting[0]
        if (spoken.text_content() or "").split(":")[0] == word:
            page.keyboard.press(key)
            marked += 1
            waiting.pop(0)
    return marked


def answer_by_keyboard(
    page: Page,
    count: int,
    gold: Mapping[str, Sequence[tuple[int, int, str]]],
    keys: Mapping[str, str],
) -> int:
    """Answer examples, marking the first name of each; return how many marks were made."""
    marked, text = 0, ""
    for _ in range(count):
        text = wait_for_example(page, text)
        marked += mark_words(page, first_mark(text, gold, keys))
        page.keyboard.press("Enter")
    expect_saved(page)
    return marked


def first_mark(
    text: str, gold: Mapping[str, Sequence[tuple[int, int, str]]], keys: Mapping[str, str]
) -> list[tuple[str, str]]:
    """Return the first gold span that is a plain word, with its label's key."""
    spans = [(text[start:end], keys[label]) for start, end, label in gold[text]]
    return [(word, key) for word, key in spans if re.fullmatch(r"\w+", word)][:1]
