"""A finger across a phone's screen answers; one that scrolls or selects does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize, expect

from examples.demo.planes import Planes
from tests.e2e.annotating import expect_saved, sheet_of
from tests.e2e.watching import Watch
from tests.e2e.worksite import make_worksite

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]

PHONE: ViewportSize = {"width": 390, "height": 800}
ENOUGH, TOO_LITTLE = 160, 60
Point = tuple[float, float]


@pytest.fixture
def phone(browser: Browser, watch: Watch) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    watch.attach(opened)
    yield opened
    opened.close()


class Finger:
    """One finger on a page's glass."""

    def __init__(self, page: Page) -> None:
        self.glass = page.context.new_cdp_session(page)

    def put(self, kind: str, *points: Point) -> None:
        touches = [{"x": x, "y": y} for x, y in points]
        self.glass.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    def drag(self, begin: Point, *ways: Point) -> None:
        """Go from a point by some ways, and stay there."""
        (x, y), steps = begin, 8
        self.put("touchStart", begin)
        for across, along in ways:
            for _ in range(steps):
                x, y = x + across / steps, y + along / steps
                self.put("touchMove", (x, y))

    def swipe(self, begin: Point, *ways: Point) -> None:
        self.drag(begin, *ways)
        self.lift()

    def lift(self) -> None:
        self.put("touchEnd")


def centre(locator: Locator) -> Point:
    box = locator.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def choose_swipe(page: Page, value: str) -> None:
    page.keyboard.press("?")
    page.get_by_label("Swipe on a phone").select_option(value)
    page.keyboard.press("Escape")


def verdicts(answers: Sequence[dict[str, object]]) -> list[object]:
    return [answer["verdict"] for answer in reversed(answers)]


def test_swipe_answers_when_it_goes_far_enough(
    planes: Planes, enrolled: str, phone: BrowserContext
) -> None:
    texts = [f"Text {number} of a phone.\n" + "It is long.\n" * 60 for number in range(4)]
    asked = {"recipe": "textcat.manual.v1", "exclusive": False}
    site = make_worksite(planes, "By thumb", texts, labels=("ONE", "OTHER"), **asked)
    page = site.open(phone)
    finger, text = Finger(page), page.get_by_role("document", name="Text to classify")
    word = page.locator("[data-far]")
    at = (195, 300)

    def shows(number: int) -> None:
        expect(text).to_contain_text(texts[number].split("\n")[0])

    shows(0)
    finger.drag(at, (TOO_LITTLE, 0))
    expect(word).to_have_text("Accept")
    expect(word).to_have_attribute("data-far", "false")
    finger.put("touchMove", (at[0] + ENOUGH, at[1]))
    expect(word).to_have_attribute("data-far", "true")
    finger.put("touchMove", (at[0] + TOO_LITTLE, at[1]))
    finger.lift()
    expect(word).to_have_count(0)
    finger.swipe(at, (ENOUGH, 10))
    shows(1)
    page.keyboard.press("z")
    shows(0)
    finger.swipe(at, (-ENOUGH, 10))
    shows(1)
    finger.swipe(centre(page.get_by_role("button", name="Ignore")), (-ENOUGH, 0))
    shows(2)
    expect_saved(page)
    assert verdicts(site.answers()) == ["reject", "reject"]

    finger.swipe(at, (0, -150), (ENOUGH, 0))
    page.wait_for_function("window.scrollY > 50")
    shows(2)

    choose_swipe(page, "off")
    finger.swipe(at, (ENOUGH, 0))
    expect(word).to_have_count(0)
    shows(2)
    # The person keeps it, in the next test too.
    choose_swipe(page, "on")
    finger.swipe(at, (ENOUGH, 0))
    shows(3)


def test_finger_on_a_text_with_marks_selects_and_beside_it_answers(
    planes: Planes, enrolled: str, phone: BrowserContext
) -> None:
    texts = ["Ada Lovelace met Charles Babbage.", "Grace Hopper found a moth."]
    site = make_worksite(planes, "Select by thumb", texts)
    page = site.open(phone)
    finger = Finger(page)
    first = sheet_of(page).text_content()
    box = sheet_of(page).bounding_box()
    assert box
    finger.swipe((box["x"] + 30, box["y"] + 30), (ENOUGH, 0))
    expect(page.locator("mark")).to_have_count(1)
    assert sheet_of(page).text_content() == first
    finger.swipe(centre(page.get_by_role("button", name="Reject")), (ENOUGH, 0))
    expect(sheet_of(page)).not_to_have_text(first or "", use_inner_text=False)
    expect_saved(page)
    assert verdicts(site.answers()) == ["accept"]
