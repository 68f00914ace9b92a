"""The console's door in a browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, expect

from examples.demo.planes import DEMO_EMAIL, Planes
from tests.e2e.mail import wait_for_link
from tests.e2e.watching import Watch
from tests.e2e.worksite import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]

REFUSED = r"status of 400"


def test_a_wrong_password_is_refused_and_the_right_one_enters_at_once(
    planes: Planes, context: BrowserContext, watch: Watch
) -> None:
    watch.allowed += [REFUSED]
    page = context.new_page()
    page.goto(f"{planes.console_origin}/sign-in")
    page.get_by_label("E-mail").fill(DEMO_EMAIL)
    page.get_by_role("textbox", name="Password").fill("not the password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("The email address and/or password")).to_be_visible(timeout=10_000)
    sign_in(page, planes)
    expect(page.get_by_role("heading", name="Projects")).to_be_visible(timeout=10_000)


def test_a_forgotten_password_is_changed_with_a_mailed_link(
    planes: Planes, context: BrowserContext, watch: Watch
) -> None:
    watch.allowed += [REFUSED, r"status of 401"]
    (address,) = planes.simulated_emails(1)
    page = context.new_page()
    page.goto(f"{planes.console_origin}/sign-in")
    page.get_by_role("link", name="I forgot my password").click()
    page.get_by_label("E-mail").fill(address)
    page.get_by_role("button", name="Mail me the link").click()
    expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()
    page.goto(wait_for_link(planes.mail, address, r"http\S+/password-reset/\S+"))
    choose = page.get_by_role("textbox", name="New password")
    choose.fill("short")
    page.get_by_role("button", name="Change the password").click()
    expect(page.get_by_text("too short")).to_be_visible()
    choose.fill(planes.password)
    page.get_by_role("button", name="Change the password").click()
    page.get_by_role("link", name="Sign in").click()
    page.get_by_label("E-mail").fill(address)
    page.get_by_role("textbox", name="Password").fill(planes.password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Projects")).to_be_visible(timeout=10_000)
