"""A day's work by keyboard alone, through an ended session; and nothing left after sign-out."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from examples.demo.gold import Material
from examples.demo.planes import Planes
from tests.e2e.annotating import expect_saved, text_in_hand, wait_for_example
from tests.e2e.test_saving import EXPIRE_SESSIONS
from tests.e2e.worksite import Worksite, make_worksite

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]

EXAMPLES, ENDS_AT = 200, 137
MOST_KEYS = 5
"""Presses for one mark with its label, wherever it stands and however long it is."""
Span = tuple[int, int, str]


@dataclass
class Keyboard:
    """Hands on a keyboard, which count."""

    page: Page
    pressed: int = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1

    def mark(self, text: str, span: Span, label_key: str) -> int:
        """Go to the words of a span by the letters at them, and label; return the presses."""
        before, (start, end, _) = self.pressed, span
        self.press("j")
        self.press(*self.hint_at(start))
        last_word = start + text[start:end].rfind(" ") + 1
        if last_word > start:
            self.press(self.hint_at(last_word))
        self.press(label_key)
        return self.pressed - before

    def hint_at(self, offset: int) -> str:
        """Return the letters at the word that begins at a code point, read off the screen."""
        return self.page.locator(f"[data-at='{offset}']").inner_text().lower()


def words_span(text: str, spans: Sequence[Span]) -> Span | None:
    """Return the first gold span of whole plain words."""
    whole = re.compile(r"(?<!\S)\w{2,}( \w+)*(?!\S)")
    edges = {match.span() for match in re.finditer(r"\w+", text)}
    starts, ends = {start for start, _ in edges}, {end for _, end in edges}
    for start, end, label in spans:
        if start in starts and end in ends and whole.fullmatch(text[start:end]):
            return start, end, label
    return None


def test_two_hundred_examples_by_keyboard_through_an_ended_session(
    planes: Planes, enrolled: str, material: Material, context: BrowserContext
) -> None:
    gold = {text: words_span(text, spans) for text, spans in material.gold.items()}
    texts = list(gold)[:EXAMPLES]
    site = make_worksite(planes, "By keyboard", texts, labels=material.labels)
    label_keys = keys_of(site)
    page, text, used = site.open(context), "", []
    hands = Keyboard(page)
    for number in range(1, len(texts) + 1):
        text = wait_for_example(page, text)
        if number == ENDS_AT:
            planes.work("django", "shell", "--verbosity", "0", "-c", EXPIRE_SESSIONS)
        if span := gold[text]:
            used.append(hands.mark(text, span, label_keys[span[2]]))
        if number == ENDS_AT:
            come_back(page, context, text)
        hands.press("Enter")
    expect_saved(page)
    site.cluster.sign_in()
    assert marks_of(site) == {text: span for text, span in gold.items() if text in texts}
    assert max(used) <= MOST_KEYS, sorted(used)


def keys_of(site: Worksite) -> dict[str, str]:
    """Return each label's key by its name, as the app shows it."""
    labels = site.cluster.get(f"/api/tasks/{site.task}")["labels"]
    return {label["name"]: label["key"].lower() for label in labels}


def come_back(page: Page, context: BrowserContext, text: str) -> None:
    """Flag by key, so that there is something to keep; sign in again and find all as it was."""
    count = page.locator("mark").count()
    page.keyboard.press("f")
    page.keyboard.type("the session ends here")
    page.keyboard.press("Enter")
    overlay = page.get_by_role("dialog", name="Sign in again")
    expect(overlay).to_be_visible(timeout=30_000)
    with context.expect_page():
        page.keyboard.press("Enter")
    expect(overlay).to_be_hidden(timeout=30_000)
    assert text_in_hand(page) == text
    expect(page.locator("mark")).to_have_count(count)
    expect(page.get_by_role("button", name="Flagged")).to_be_visible()
    expect(page.get_by_label(re.compile("^Text to "))).to_be_focused()


def marks_of(site: Worksite) -> dict[str, Span | None]:
    """Return what was saved: the text's mark, with its label's name."""
    names = {
        row["id"]: row["name"] for row in site.cluster.get(f"/api/tasks/{site.task}")["labels"]
    }
    found: dict[str, Span | None] = {}
    for row in site.answers():
        text = site.cluster.get(f"/api/tasks/{site.task}/examples/{row['example']}")["text"]
        spans = [(span["start"], span["end"], names[span["label"]]) for span in row["spans"]]
        assert len(spans) <= 1
        found[text] = spans[0] if spans else None
    return found


KEPT = """
async () => {
  const databases = await indexedDB.databases();
  const cached = [];
  for (const name of await caches.keys()) {
    for (const request of await (await caches.open(name)).keys()) cached.push(request.url);
  }
  const [local, session] = [{ ...localStorage }, { ...sessionStorage }];
  return JSON.stringify({ local, session, databases, cached });
}
"""


def comment_by_keyboard(page: Page, words: str) -> None:
    """Say one thing about the example in hand, and leave another unsent."""
    page.keyboard.press("m")
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").get_by_role("listitem")).to_contain_text(words)
    page.keyboard.type(f"{words}-UNSENT")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Comments\u00a0·\u00a01")).to_be_visible()


def test_sign_out_leaves_no_word_behind(
    planes: Planes, enrolled: str, context: BrowserContext
) -> None:
    texts = [f"CANARY-TEXT-{number} stands here." for number in range(3)]
    page = make_worksite(planes, "Canaries", texts).open(context)
    page.evaluate("sessionStorage.setItem('left', 'CANARY-SESSION')")
    page.evaluate(
        "caches.open('left').then((one) => one.put('/left', new Response('CANARY-CACHE')))"
    )
    page.evaluate("new Promise((done) => { indexedDB.open('CANARY-DATABASE').onsuccess = done; })")
    page.keyboard.press("f")
    page.keyboard.type("CANARY-NOTE")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Flagged")).to_be_visible()
    comment_by_keyboard(page, "CANARY-COMMENT")
    kept = page.evaluate(KEPT)
    assert "CANARY-NOTE" in kept
    assert "CANARY-TEXT" not in kept
    assert "CANARY-COMMENT" not in kept
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    left = json.loads(page.evaluate(KEPT))
    assert not any(left.values()), left
    page.go_back()
    page.wait_for_load_state()
    assert "CANARY" not in page.content()
