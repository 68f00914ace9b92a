"""Long texts on the screen: nothing ends there that goes on in the text."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from examples.demo.gold import documentation_material
from examples.demo.planes import Planes
from tests.e2e.annotating import expect_saved, sheet_of
from tests.e2e.worksite import make_worksite

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]

LENGTH, LONGEST = 16_000, 230_000
MOST_OF_IT, ROUNDS = 0.9, 2
JAPANESE = "田中さんは東京都で働いています。" * 400
UNBROKEN = "QUJDREVGR0hJSktM" * 400

# The words on each line, and on each line of the same text in a single block of the same width.
LINES = r"""
(sheet) => {
  const lines = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    const found = [];
    let bottom = -Infinity;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (let at = 0; at < node.data.length; at++) {
        if (/\s/.test(node.data[at])) continue;
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const box = range.getBoundingClientRect();
        if (box.top > bottom) { found.push(""); bottom = box.bottom; }
        found[found.length - 1] += node.data[at];
      }
    }
    return found;
  };
  for (const block of sheet.children) block.style.contentVisibility = "visible";
  const whole = document.createElement("div");
  whole.className = sheet.className;
  whole.textContent = sheet.textContent;
  sheet.after(whole);
  const both = [lines(sheet), lines(whole)];
  whole.remove();
  return both;
}
"""
# Where the last character of the first block and the first one of the second stand.
OVER_THE_CUT = r"""
(sheet) => {
  const blocks = [...sheet.querySelectorAll("[data-chunk]")];
  const box = (block, at) => {
    const node = document.createTreeWalker(block, NodeFilter.SHOW_TEXT).nextNode();
    const offset = at < 0 ? node.data.trimEnd().length + at : at;
    const range = document.createRange();
    range.setStart(node, offset);
    range.setEnd(node, offset + 1);
    const { left, right, top, bottom } = range.getBoundingClientRect();
    return { left, right, top, bottom, offset };
  };
  blocks[1].scrollIntoView({ block: "center" });
  return [box(blocks[0], -4), box(blocks[1], 3)];
}
"""


# From a key to the first task after the frame that shows another text.
# How many characters each block holds that the browser lays out only when it comes into sight.
LAID_OUT_LATER = r"""
(sheet) => [...sheet.querySelectorAll("*")]
  .filter((block) => getComputedStyle(block).contentVisibility === "auto")
  .map((block) => block.textContent.length)
"""


def paragraph() -> str:
    """Return real sentences without a single line break."""
    return " ".join(" ".join(row["text"] for row in documentation_material().rows).split())[:LENGTH]


def expect_unbroken_lines(page: Page, sheet: Locator | None = None) -> None:
    expect(page.locator("[data-chunk=paragraph]:not([data-joined])")).to_have_count(0)
    expect(page.locator("[data-chunk=word]:not([data-joined])")).to_have_count(0)
    drawn, whole = (sheet or sheet_of(page)).evaluate(LINES)
    assert len(whole) > 50
    assert drawn == whole


def wait_for_length(sheet: Locator, length: int) -> None:
    sheet.page.wait_for_function(
        "([sheet, length]) => sheet.textContent.length === length",
        arg=[sheet.element_handle(), length],
    )


@pytest.mark.parametrize("text", [paragraph(), JAPANESE, UNBROKEN], ids=["en", "ja", "unbroken"])
def test_paragraph_breaks_only_where_the_screen_ends(
    planes: Planes, enrolled: str, context: BrowserContext, text: str
) -> None:
    page = make_worksite(planes, "One paragraph", [text]).open(context)
    expect_unbroken_lines(page)
    page.set_viewport_size({"width": 390, "height": 800})
    page.wait_for_timeout(1000)
    expect_unbroken_lines(page)


def test_mark_is_drawn_over_a_cut_and_has_the_offsets_of_the_text(
    planes: Planes, enrolled: str, context: BrowserContext
) -> None:
    text = paragraph()
    site = make_worksite(planes, "Over a cut", [text])
    page = site.open(context)
    expect(page.locator("[data-chunk=paragraph]:not([data-joined])")).to_have_count(0)
    page.keyboard.press("c")
    first, last = sheet_of(page).evaluate(OVER_THE_CUT)
    assert abs(first["top"] - last["top"]) < 1
    # Between the lines, where the blocks lie over each other.
    page.mouse.move(first["left"] + 1, first["top"] - 2)
    page.mouse.down()
    page.mouse.move(last["right"] - 1, last["bottom"] + 2, steps=5)
    page.mouse.up()
    page.keyboard.press("1")
    expect(page.locator("mark")).to_have_count(2)
    marked = "".join(page.locator("mark").all_text_contents())
    page.keyboard.press("Enter")
    expect_saved(page)
    [answer] = site.answers()
    [span] = answer["spans"]
    assert text[span["start"] : span["end"]] == marked
    assert span["start"] == first["offset"]


def test_long_text_to_classify_is_laid_out_as_it_comes_into_sight(
    planes: Planes, enrolled: str, context: BrowserContext
) -> None:
    long = "\n".join(row["text"] for row in documentation_material().rows)[:LONGEST]
    asked = {"recipe": "textcat.manual.v1", "exclusive": True}
    texts = [long, paragraph(), *(f"Short text {number}." for number in range(3))]
    site = make_worksite(planes, "To classify", texts, labels=("ONE", "OTHER"), **asked)
    page = site.open(context)
    sheet = page.get_by_role("document", name="Text to classify")
    for _ in range(ROUNDS):
        wait_for_length(sheet, LONGEST)
        page.keyboard.press("1")
        wait_for_length(sheet, LENGTH)
        page.keyboard.press("z")
    wait_for_length(sheet, LONGEST)
    assert sheet.text_content() == long
    blocks = sheet.evaluate(LAID_OUT_LATER)
    assert sum(blocks) >= MOST_OF_IT * len(long)
    assert max(blocks) <= LENGTH, max(blocks)
    page.keyboard.press("1")
    wait_for_length(sheet, LENGTH)
    expect_unbroken_lines(page, sheet.locator("> div"))
