"""Whoever the token acts for, and how a laptop gets a token."""

from __future__ import annotations

from annex.client import types
from annex.client.calls import Call
from annex.client.nouns import Mode, Noun, endpoint


class Account(Noun[Mode]):
    """The token's own person."""

    @endpoint
    def show(self) -> Call[types.Me]:
        """Return the person, and the organization that the token belongs to."""
        return Call("GET", "/me", types.Me)


class DeviceLogins(Noun[Mode]):
    """Signing a laptop in through a browser: `start`, tell the person, `collect` until it is there.

    Neither needs a token.
    """

    @endpoint
    def start(self, machine: str) -> Call[types.NewDeviceLogin]:
        """Ask for a login. Args: machine: what the person will recognise this laptop by."""
        body = {"machine": machine}
        return Call("POST", "/device-logins", types.NewDeviceLogin, body=body)

    @endpoint
    def collect(self, device_code: str) -> Call[types.DeviceToken]:
        """Ask whether the person has decided; an approved login gives its token once.

        Raises: Conflict when it was refused or has expired, NotFound once it was collected.
        """
        body = {"device_code": device_code}
        return Call("POST", "/device-logins/token", types.DeviceToken, body=body)
