"""What can go wrong with embedded servers, in words for the person at the terminal."""

from __future__ import annotations

from common.errors import AnnexError, Family


class ServerNotFound(AnnexError):
    """A program that the embedded default needs is not on this machine."""

    code = "embedded.not_found"
    family = Family.CUSTOMER
    title = "A program that the demo and the tests need is missing"
    what_to_do = "Run `make setup`, which installs it into .venv."


class ServerNotStarted(AnnexError):
    """A server or process did not come up."""

    code = "embedded.not_started"
    family = Family.OURS
    title = "An embedded server did not start"
    what_to_do = "Read the log named above; removing the data folder starts afresh."


class BrowserNotFound(AnnexError):
    """No browser for the journeys and screenshots."""

    code = "embedded.browser_not_found"
    family = Family.CUSTOMER
    title = "No browser was found"
    what_to_do = "Type `sudo apt-get install -y chromium`, or set ANNEX_BROWSER to a Chromium."
