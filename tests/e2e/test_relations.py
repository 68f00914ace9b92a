"""Marks that overlap and relations between them, on the annotation screen, by mouse and by keys."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from annex.preview.server import PreviewServer, previewing
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.e2e.annotating import sheet_of, wait_for_example
from tests.e2e.test_axe import ask_axe
from tests.e2e.watching import Watch

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PATIENCE_MS = 30_000
TEXT = "The New York Times moved from Park Row in New York to Times Square in 1904."
SOURCE = f'''
from annex.recipes import Example, Task, task_recipe


@task_recipe("joined.connect", version=1, view="relations")
def connect() -> Task:
    """Connect the marks."""
    return Task(stream=[Example({TEXT!r}), Example("Nothing here.")])


@task_recipe("joined.nest", version=1, view="overlapping")
def nest() -> Task:
    """Mark parts that overlap."""
    return Task(stream=[Example({TEXT!r}), Example("Nothing here.")])
'''
PROJECT = """
[project]
name = "joined"
version = "0.1.0"

[project.entry-points."annex.recipes"]
recipes = "joined"
"""


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[PreviewServer]:
    (tmp_path / "pyproject.toml").write_text(PROJECT)
    (tmp_path / "joined.py").write_text(SOURCE)
    with previewing(tmp_path, seconds=60.0) as server:
        yield server


@pytest.fixture
def page(context: BrowserContext, watch: Watch) -> Page:
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    return page


def begin(page: Page, preview: PreviewServer, recipe: str) -> None:
    page.goto(preview.address)
    page.locator("select").first.select_option(recipe)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.get_by_label("Labels").fill("ORG, PLACE, BASED_IN")
    page.get_by_role("button", name="Show the first example").click()
    page.wait_for_url("**/t/*")
    assert wait_for_example(page) == TEXT


def drag_over(page: Page, start: int, end: int) -> None:
    """Drag over the words between two offsets, as they stand on the screen."""
    where = sheet_of(page).evaluate(
        """(sheet, [start, end]) => {
            const at = (offset) => {
                const pieces = [...sheet.querySelectorAll("[data-start]")];
                const piece = pieces.findLast((one) => Number(one.dataset.start) <= offset);
                const range = document.createRange();
                const within = offset - Number(piece.dataset.start);
                range.setStart(piece.firstChild, within);
                range.setEnd(piece.firstChild, within + 1);
                return range.getBoundingClientRect();
            };
            const [first, last] = [at(start), at(end - 1)];
            const middle = (box) => (box.top + box.bottom) / 2;
            return [first.left + 1, middle(first), last.right - 1, middle(last)];
        }""",
        [start, end],
    )
    page.mouse.move(where[0], where[1])
    page.mouse.down()
    page.mouse.move((where[0] + where[2]) / 2, where[3])
    page.mouse.move(where[2], where[3])
    page.mouse.up()


def mark(page: Page, words: str, key: str, *, after: int = 0) -> None:
    start = TEXT.index(words, after)
    drag_over(page, start, start + len(words))
    page.keyboard.press(key)


def name_of(page: Page, label: str, number: int = 0) -> Locator:
    """Return a mark's name, which hangs under its line."""
    return sheet_of(page).locator(f'[data-name^="{label}"]').nth(number)


def click_name(page: Page, label: str, number: int = 0) -> None:
    box = name_of(page, label, number).bounding_box()
    assert box
    page.mouse.click(box["x"] + 4, box["y"] + box["height"] / 2)


def mark_all(page: Page) -> None:
    mark(page, "New York Times", "1")
    mark(page, "New York", "2")
    mark(page, "New York", "2", after=20)
    expect(sheet_of(page).locator("[data-anchor]")).to_have_count(3)


def picture(page: Page, name: str) -> None:
    if folder := os.environ.get("ANNEX_PICTURES"):
        page.screenshot(path=str(Path(folder, f"{name}.png")), full_page=True)


def expect_accessible(page: Page, name: str) -> None:
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert ask_axe(page) == []
        picture(page, f"{name}-{scheme}")


def saved(page: Page, preview: PreviewServer) -> dict[str, object]:
    expect(page.get_by_role("status").filter(has_text="Saved")).to_be_visible()
    answer = page.request.get(f"{preview.origin}/preview/answers.jsonl").text()
    return dict(json.loads(answer.splitlines()[-1]))


def test_marks_are_connected_by_mouse_and_by_keys(preview: PreviewServer, page: Page) -> None:
    begin(page, preview, "joined.connect.v1")
    mark_all(page)
    page.get_by_role("button", name="Connect").click()
    click_name(page, "ORG")
    click_name(page, "PLACE", 1)
    page.keyboard.press("3")
    relations = page.get_by_role("complementary").get_by_role("listitem")
    listed = relations.filter(has_text="BASED_IN")
    expect(listed).to_have_count(1)
    expect_accessible(page, "relations")
    # By keys: the first mark, which is the inner one, then the paper around it.
    for key in ("Shift+N", "Enter", "Shift+N", "Enter"):
        page.keyboard.press(key)
    expect(listed).to_have_count(1)
    page.keyboard.press("2")
    expect(relations.filter(has_text="PLACE →")).to_have_count(1)
    picture(page, "relations-two")
    page.set_viewport_size({"width": 400, "height": 800})
    expect_accessible(page, "relations-narrow")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.keyboard.press("z")
    expect(relations.filter(has_text="PLACE →")).to_have_count(0)
    page.keyboard.press("Enter")
    assert wait_for_example(page, TEXT) == "Nothing here."
    line = saved(page, preview)
    assert line["spans"] == [
        {"start": 4, "end": 12, "label": "PLACE"},
        {"start": 4, "end": 18, "label": "ORG"},
        {"start": 42, "end": 50, "label": "PLACE"},
    ]
    assert line["relations"] == [{"head": 1, "child": 2, "label": "BASED_IN"}]


def test_a_mark_takes_its_relations_with_it(preview: PreviewServer, page: Page) -> None:
    begin(page, preview, "joined.connect.v1")
    mark_all(page)
    page.keyboard.press("Shift+R")
    click_name(page, "ORG")
    click_name(page, "PLACE", 1)
    page.keyboard.press("3")
    listed = page.get_by_role("complementary").get_by_role("listitem").filter(has_text="BASED_IN")
    expect(listed).to_have_count(1)
    page.keyboard.press("Shift+R")
    click_name(page, "ORG")
    page.keyboard.press("Backspace")
    expect(sheet_of(page).locator("[data-anchor]")).to_have_count(2)
    expect(listed).to_have_count(0)
    page.keyboard.press("z")
    expect(listed).to_have_count(1)
    listed.get_by_role("button").click()
    expect(listed).to_have_count(0)


def test_each_of_overlapping_marks_can_be_hit(preview: PreviewServer, page: Page) -> None:
    begin(page, preview, "joined.nest.v1")
    mark_all(page)
    mark(page, "New York", "1", after=20)
    expect(sheet_of(page).locator("[data-anchor]")).to_have_count(4)
    expect_accessible(page, "overlapping")
    click_name(page, "PLACE", 1)
    page.keyboard.press("Backspace")
    expect(sheet_of(page).locator("[data-anchor]")).to_have_count(3)
    expect(page.get_by_role("button", name="Connect")).to_have_count(0)
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    assert wait_for_example(page, TEXT) == "Nothing here."
    line = saved(page, preview)
    assert line["spans"] == [
        {"start": 4, "end": 12, "label": "PLACE"},
        {"start": 4, "end": 18, "label": "ORG"},
        {"start": 42, "end": 50, "label": "ORG"},
    ]
    assert "relations" not in line
