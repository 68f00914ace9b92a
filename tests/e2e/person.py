"""Somebody with a mouse and a keyboard, who counts their clicks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from playwright.sync_api import BrowserContext, Download, Locator, Page, expect

NEXT_STEP_MS = 60_000
"""How long a step may wait for the planes; a press of a key or a button waits far less."""

POPUP_MS = 1000


@dataclass
class Person:
    """One person's browser; every press of the mouse goes through here."""

    context: BrowserContext
    page: Page
    clicks: int = 0

    @classmethod
    def at(cls, context: BrowserContext, address: str) -> Self:
        page = context.new_page()
        page.goto(address)
        return cls(context, page)

    def open_link(self, address: str) -> None:
        """Follow a link from outside the browser, such as one in a mail."""
        self.clicks += 1
        self.page.goto(address)

    def click(self, target: Locator, wait_ms: int = NEXT_STEP_MS) -> None:
        self.clicks += 1
        target.click(timeout=wait_ms)

    def press_button(self, name: str, wait_ms: int = NEXT_STEP_MS) -> None:
        self.click(self.page.get_by_role("button", name=name).first, wait_ms)

    def follow(self, name: str, wait_ms: int = NEXT_STEP_MS) -> None:
        self.click(self.page.get_by_role("link", name=name).first, wait_ms)

    def write(self, text: str, *keys: str) -> None:
        """Type into whatever has the focus, then press keys such as Tab and Enter."""
        self.page.keyboard.type(text)
        for key in keys:
            self.page.keyboard.press(key)

    def expect_focus(self, label: str) -> None:
        """Wait until a field has the focus: what is typed next goes there."""
        expect(self.page.get_by_label(label).first).to_be_focused()

    def open_tab(self, target: Locator, wait_ms: int = NEXT_STEP_MS) -> None:
        """Click what opens a new tab and go on there."""
        with self.context.expect_page(timeout=wait_ms) as opening:
            self.click(target, wait_ms)
        self.page = opening.value
        self.page.wait_for_load_state()

    def make_and_open(self, button: str, link: str) -> None:
        """Press what makes something and opens it on the cluster, and go on there.

        Where the answer takes longer than a browser lets a click open tabs for, the link that
        now stands in the button's place is one click more.
        """
        known = len(self.context.pages)
        self.press_button(button)
        standing = self.page.get_by_role("link", name=link).first
        expect(standing).to_be_visible(timeout=NEXT_STEP_MS)
        if len(self.context.pages) == known:
            self.page.wait_for_timeout(POPUP_MS)
        if len(self.context.pages) == known:
            self.open_tab(standing)
        else:
            self.page = self.context.pages[-1]
            self.page.wait_for_load_state()

    def back_to(self, page: Page) -> None:
        """Change to another tab; that is a click too."""
        self.clicks += 1
        self.page = page
        page.bring_to_front()

    def choose_file(self, target: Locator, path: str) -> None:
        with self.page.expect_file_chooser() as choosing:
            self.click(target)
        choosing.value.set_files(path)

    def download(self, target: Locator) -> Download:
        with self.page.expect_download() as downloading:
            self.click(target)
        return downloading.value

    def sees(self, text: str | re.Pattern[str], wait_ms: int = NEXT_STEP_MS) -> None:
        expect(self.page.get_by_text(text).first).to_be_visible(timeout=wait_ms)
