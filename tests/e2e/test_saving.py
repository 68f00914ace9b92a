"""Saving in a real browser: whatever is cut, nothing is lost and nothing doubled."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from examples.demo.planes import Planes, wait_for_port
from tests.e2e.annotating import expect_saved, text_in_hand, wait_for_example
from tests.e2e.watching import Watch
from tests.e2e.worksite import Worksite, make_worksite

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]

TEXTS = [f"Example {number} speaks of Ada and of nothing else." for number in range(1, 13)]
ANSWERS_URL = "**/answers/*"
NETWORK_IS_DOWN = [r"net::ERR_", r"status of 40[13]"]
EXPIRE_SESSIONS = """
from django.utils import timezone
from worker.people.models import Session
Session.objects.update(idle_at=timezone.now(), expires_at=timezone.now())
"""

MakeSite = Callable[[str], Worksite]


@pytest.fixture(scope="session")
def make_site(planes: Planes, enrolled: str) -> MakeSite:
    return lambda title: make_worksite(planes, title, TEXTS)


def answer(page: Page, count: int) -> list[str]:
    """Accept examples with the keyboard, a mark on the word in front; return their texts."""
    texts: list[str] = []
    for _ in range(count):
        texts.append(wait_for_example(page, texts[-1] if texts else ""))
        mark_first_word(page)
        page.keyboard.press("Enter")
    wait_for_example(page, texts[-1])
    return texts


def mark_first_word(page: Page) -> None:
    page.keyboard.press("ArrowRight")
    page.keyboard.press("1")
    expect(page.locator("mark")).to_have_count(1)


def assert_answered_once(site: Worksite, texts: list[str]) -> None:
    """Compare with the database: each example once, with the one mark that was made."""
    kept = site.answers()
    assert len({row["example"] for row in kept}) == len(kept) == len(texts)
    assert sorted(row["snippet"] for row in kept) == sorted(texts)
    assert [[span["start"] for span in row["spans"]] for row in kept] == [[0]] * len(kept)
    assert [row["version"] for row in kept] == [1] * len(kept)


def test_cut_network_keeps_answers_and_sends_them_once(
    make_site: MakeSite, context: BrowserContext, watch: Watch
) -> None:
    watch.allowed += NETWORK_IS_DOWN
    site = make_site("Cut network")
    page = site.open(context)
    texts = answer(page, 2)
    expect_saved(page)
    context.set_offline(True)
    texts += answer(page, 3)
    expect(page.get_by_role("status").filter(has_text="Offline · 3 kept here")).to_be_visible()
    assert len(site.answers()) == 2
    context.set_offline(False)
    expect_saved(page)
    assert_answered_once(site, texts)


def test_reload_before_the_acknowledgement_doubles_nothing(
    make_site: MakeSite, context: BrowserContext, watch: Watch
) -> None:
    watch.allowed += NETWORK_IS_DOWN
    site = make_site("Reload in the middle")
    page = site.open(context)
    page.route(ANSWERS_URL, swallow_the_answer)
    texts = answer(page, 2)
    page.unroute(ANSWERS_URL)
    wait_for_example(page)
    mark_first_word(page)
    in_hand = text_in_hand(page)
    page.reload()
    assert wait_for_example(page) == in_hand
    expect(page.locator("mark")).to_have_count(1)
    expect_saved(page)
    assert_answered_once(site, texts)


def swallow_the_answer(route: Route) -> None:
    """Let the worker save, and lose what it says: the browser cannot know."""
    route.fetch()
    route.abort()


def test_ended_session_is_renewed_in_place_with_the_draft(
    make_site: MakeSite, context: BrowserContext, planes: Planes
) -> None:
    site = make_site("Ended session")
    page = site.open(context)
    texts = answer(page, 1)
    expect_saved(page)
    planes.work("django", "shell", "--verbosity", "0", "-c", EXPIRE_SESSIONS)
    texts.append(wait_for_example(page, texts[-1]))
    mark_first_word(page)
    page.keyboard.press("Enter")
    overlay = page.get_by_role("dialog", name="Sign in again")
    expect(overlay).to_be_visible(timeout=30_000)
    in_hand = text_in_hand(page)
    with context.expect_page():
        overlay.get_by_role("button", name="Sign in").click()
    expect(overlay).to_be_hidden(timeout=30_000)
    assert text_in_hand(page) == in_hand
    expect_saved(page)
    site.cluster.sign_in()
    assert_answered_once(site, texts)


def test_draft_survives_an_ended_session(
    make_site: MakeSite, context: BrowserContext, planes: Planes
) -> None:
    site = make_site("Draft and ended session")
    page = site.open(context)
    planes.work("django", "shell", "--verbosity", "0", "-c", EXPIRE_SESSIONS)
    in_hand = wait_for_example(page)
    mark_first_word(page)
    overlay = page.get_by_role("dialog", name="Sign in again")
    expect(overlay).to_be_visible(timeout=30_000)
    with context.expect_page():
        overlay.get_by_role("button", name="Sign in").click()
    expect(overlay).to_be_hidden(timeout=30_000)
    assert text_in_hand(page) == in_hand
    expect(page.locator("mark")).to_have_count(1)
    page.keyboard.press("Enter")
    expect_saved(page)
    site.cluster.sign_in()
    assert_answered_once(site, [in_hand])


def test_saving_needs_no_control_plane(
    make_site: MakeSite, context: BrowserContext, planes: Planes
) -> None:
    site = make_site("No control plane")
    page = site.open(context)
    with_it = save_times(page, 5)
    planes.stop_control_plane()
    try:
        without_it = save_times(page, 5)
    finally:
        planes.start_control_plane()
        wait_for_port(planes.ports.console)
        wait_for_cluster(site)
    expect_saved(page)
    assert len(site.answers()) == 10
    assert statistics.median(without_it) < 2 * statistics.median(with_it) + 100


def wait_for_cluster(site: Worksite) -> None:
    """Wait until the link has called the new control plane: other tests rely on it."""
    console, restarted = site.journey.console, datetime.now(UTC)
    [cluster] = [row for row in console.pages("clusters") if row["origin"] == site.cluster.origin]
    console.wait(
        f"clusters/{cluster['id']}",
        lambda row: datetime.fromisoformat(row["last_seen_at"]) > restarted,
        180,
    )


def save_times(page: Page, count: int) -> list[float]:
    """Return milliseconds from sending an answer to its acknowledgement."""
    times: list[float] = []
    for _ in range(count):
        text = wait_for_example(page)
        with page.expect_response(ANSWERS_URL) as saving:
            page.keyboard.press("Enter")
        saving.value.finished()
        assert saving.value.status in (200, 201)
        times.append(saving.value.request.timing["responseEnd"])
        wait_for_example(page, text)
    return times
