"""`annex login`, `annex logout`, `annex whoami`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from annex.cli import credentials
from annex.cli.options import AsJson
from annex.cli.output import note, print_json
from annex.cli.session import session
from annex.errors import AnnexError, BadInput

Host = Annotated[str, typer.Option("--host", help="Address of the console [env: ANNEX_HOST].")]


def login(
    host: Host = "",
    token_stdin: Annotated[
        bool, typer.Option("--token-stdin", help="Read an API token from standard input.")
    ] = False,
) -> None:
    """Sign this machine in."""
    from annex.client import Client

    address = credentials.stored(host).host
    _warn_of_plain_http(address)
    if not token_stdin:
        raise BadInput("Pass a token: annex login --token-stdin < token.txt")
    token = sys.stdin.readline().strip()
    if not token:
        raise BadInput("Standard input holds no token.")
    with Client(address, token) as client:
        me = client.account.show()
    slug = me.memberships[0].organization.slug if me.memberships else ""
    place = credentials.store(credentials.Credential(address, token, slug, me.email))
    note(f"Signed in to {address} as {me.name} ({slug}). The token lies in {place}.")


def logout(host: Host = "") -> None:
    """Forget this machine's token, and revoke it if `annex login` made it."""
    kept = credentials.stored(host)
    if kept.token and kept.token_id:
        _revoke(kept)
    credentials.forget(kept.host)
    note(f"Signed out of {kept.host}.")


def whoami(as_json: AsJson = False) -> None:
    """Say who is signed in, where, and as what."""
    now = session()
    me = now.client.account.show()
    if as_json:
        print_json({"host": now.credential.host, **me.model_dump(mode="json")})
        return
    typer.echo(f"{me.name} <{me.email}> at {now.credential.host}")
    for row in me.memberships:
        typer.echo(f"{row.role} of {row.organization.name} ({row.organization.slug})")


def _revoke(kept: credentials.Credential) -> None:
    from annex.client import Client, Retries

    try:
        with Client(kept.host, kept.token, retries=Retries(tries=2)) as client:
            client.organization(kept.organization).tokens.revoke(kept.token_id)
    except AnnexError as error:
        note(f"The token could not be revoked ({error.detail}) Revoke it in the console.")


def _warn_of_plain_http(address: str) -> None:
    from urllib.parse import urlsplit

    parts = urlsplit(address)
    if parts.scheme == "http" and parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
        note(f"Careful: {address} is not encrypted; whoever is on the way can read the token.")
