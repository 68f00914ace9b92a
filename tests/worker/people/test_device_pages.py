"""The pages for scripts in a browser that runs no JavaScript, under the origin's own policy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from annex.contract.enums import Role
from django.core.cache import cache
from playwright.sync_api import Page, sync_playwright
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from common.embedded.browser import find_browser
from tests.worker.cast import TESTS, make_stage
from worker.people.actions import make_unlock
from worker.people.models import DeviceLogin

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def origin(live_server: LiveServer, settings: Settings) -> str:
    """Serve on the loopback address, where browsers keep `__Host-` cookies over http."""
    port = urlsplit(live_server.url).port
    settings.WORKER_ORIGIN = f"http://127.0.0.1:{port}"
    cache.clear()
    return str(settings.WORKER_ORIGIN)


@pytest.fixture
def complaints() -> list[str]:
    return []


@pytest.fixture
def page(complaints: list[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    # Playwright keeps an event loop in this thread; nothing of ours runs in it.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(find_browser()), args=["--no-sandbox"]
        )
        context = browser.new_context(java_script_enabled=False)
        opened = context.new_page()
        opened.on("console", lambda message: complaints.append(message.text))
        yield opened
        browser.close()


def violations(complaints: list[str]) -> list[str]:
    """Return what the policy has blocked."""
    return [text for text in complaints if "violates" in text]


def poll(origin: str, login: dict[str, Any]) -> Any:
    DeviceLogin.objects.update(polled_at=None)
    body = {"device_code": login["device_code"]}
    return httpx.post(f"{origin}/api/device-logins/token", json=body).json()


def test_a_person_lets_a_laptop_in_and_ends_it_again(
    origin: str, page: Page, complaints: list[str]
) -> None:
    dev = make_stage().person("Dev", Role.DEVELOPER)
    page.goto(f"{origin}/unlock/{make_unlock(dev, by=TESTS)}")
    page.get_by_role("button", name="Sign in").click()
    login = httpx.post(f"{origin}/api/device-logins", json={"laptop": "dev@laptop"}).json()
    page.goto(f"{origin}/device")
    page.get_by_label("The code that your laptop shows").fill(login["user_code"].lower())
    page.get_by_role("button", name="Continue").click()
    assert page.url == login["verification_url"]
    shown = page.locator("main").inner_text()
    assert all(part in shown for part in ("dev@laptop", "Dev", login["user_code"]))
    page.get_by_role("button", name="Let it in").click()
    assert "is let in" in page.get_by_role("heading").inner_text()
    token = poll(origin, login)["token"]
    signed = {"Authorization": f"Bearer {token}"}
    assert httpx.get(f"{origin}/api/script-token", headers=signed).json()["name"] == "Dev"
    page.get_by_role("link", name="Laptops that are let in").click()
    assert "dev@laptop" in page.locator("main").inner_text()
    page.get_by_role("button", name="End", exact=True).click()
    assert "None." in page.locator("main").inner_text()
    assert httpx.get(f"{origin}/api/script-token", headers=signed).status_code == 401
    page.get_by_role("button", name="Sign out everywhere").click()
    assert page.url == f"{origin}/signed-out"
    assert violations(complaints) == []


def test_a_person_refuses_a_laptop(origin: str, page: Page, complaints: list[str]) -> None:
    dev = make_stage().person("Dev", Role.DEVELOPER)
    page.goto(f"{origin}/unlock/{make_unlock(dev, by=TESTS)}")
    page.get_by_role("button", name="Sign in").click()
    login = httpx.post(f"{origin}/api/device-logins", json={"laptop": "not mine"}).json()
    page.goto(login["verification_url"])
    page.get_by_role("button", name="Refuse").click()
    assert "was refused" in page.get_by_role("heading").inner_text()
    assert poll(origin, login)["code"] == "device_login.refused"
    assert violations(complaints) == []
