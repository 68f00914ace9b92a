"""`annex login --cluster` and `annex logout --cluster`: this machine's scripts on a cluster."""

from __future__ import annotations

import re
import sys
from typing import Annotated

import typer

from annex.cli.cluster_credentials import (
    ClusterCredential,
    current_cluster,
    forget_cluster,
    origin_of,
    store_cluster,
)
from annex.cli.output import note
from annex.errors import AnnexError, BadInput

OfCluster = Annotated[
    str,
    typer.Option("--cluster", help="Address of a cluster, for what carries text."),
]


def login_on_cluster(cluster: str, *, token_stdin: bool, machine: str, open_browser: bool) -> None:
    """Sign this machine's scripts in on a cluster, in a browser or with a token from stdin."""
    from annex.client.cluster import ClusterClient

    origin = origin_of(cluster)
    token = (
        _typed_token()
        if token_stdin
        else _fetched_token(origin, machine, open_browser=open_browser)
    )
    with ClusterClient(origin, token) as client:
        owner = client.whoami()
    place = store_cluster(ClusterCredential(origin, token))
    until = f"{owner.expires_at.astimezone():%H:%M}"
    note(f"Signed in on {origin} as {owner.name} until {until}. The token lies in {place}.")
    note(f"{origin}/scripts lists and ends what you are signed in with.")


def logout_from_cluster(cluster: str) -> None:
    """End the token of this machine's scripts on a cluster, and forget it."""
    from annex.client.cluster import ClusterClient

    kept = current_cluster(cluster)
    try:
        with ClusterClient(*kept) as client:
            client.sign_out()
    except AnnexError as error:
        note(f"The token could not be ended ({error.detail}) It ends by itself within 12 hours.")
    forget_cluster(kept.origin)
    note(f"Signed out of {kept.origin}.")


def laptop_name(machine: str = "") -> str:
    """Return what this machine is called, in the characters that a cluster shows."""
    from annex.cli.device_login import this_machine

    return re.sub(r"[^\w .,:'()@-]", "-", machine or this_machine())[:64]


def _typed_token() -> str:
    token = sys.stdin.readline().strip()
    if not token:
        raise BadInput("Standard input holds no token.")
    return token


def _fetched_token(origin: str, machine: str, *, open_browser: bool) -> str:
    from annex.client.cluster import ClusterClient

    with ClusterClient(origin) as client:
        waiting = client.begin_login(laptop_name(machine))
        note(f"Open {waiting.verification_url}")
        note(f"and let this machine in if the page shows {waiting.user_code}")
        if open_browser and sys.stderr.isatty():
            typer.launch(waiting.verification_url)
        return client.wait_for_login(waiting).token
