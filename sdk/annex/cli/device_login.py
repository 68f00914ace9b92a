"""Signing in through a browser: show a code, wait until a person has decided."""

from __future__ import annotations

import socket
import sys
import time
from typing import TYPE_CHECKING

import typer

from annex.cli.output import note
from annex.errors import BadInput

if TYPE_CHECKING:
    from annex.client import Client
    from annex.client.types import NewDeviceLogin, NewToken, Organization

MACHINE_LENGTH = 64
pause = time.sleep


def sign_in_by_browser(
    client: Client, *, machine: str, open_browser: bool
) -> tuple[NewToken, Organization]:
    """Return the token that a person approves, and its organization.

    Raises: Conflict when it is refused or expires, BadInput after the code's time.
    """
    login = client.device_logins.start(machine or this_machine())
    note(f"Open {login.verification_url} and type this code:\n\n    {login.user_code}\n")
    if open_browser and sys.stderr.isatty():
        typer.launch(login.verification_url)
    note("Waiting for it to be approved. Ctrl-C gives up.")
    return _collect(client, login)


def this_machine() -> str:
    """Return this machine's name as its person knows it."""
    return (socket.gethostname() or "a machine")[:MACHINE_LENGTH]


def _collect(client: Client, login: NewDeviceLogin) -> tuple[NewToken, Organization]:
    ends_at = time.monotonic() + login.expires_in_seconds
    while time.monotonic() < ends_at:
        pause(login.interval_seconds)
        got = client.device_logins.collect(login.device_code)
        if got.token is not None and got.organization is not None:
            return got.token, got.organization
    raise BadInput("Nobody approved the code in time.", what_to_do="Run `annex login` again.")
