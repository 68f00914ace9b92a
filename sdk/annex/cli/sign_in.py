"""`annex login`, `annex logout`, `annex whoami`."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Annotated

import typer

from annex.cli import credentials
from annex.cli.cluster_sign_in import OfCluster, login_on_cluster, logout_from_cluster
from annex.cli.credentials import Credential
from annex.cli.options import AsJson
from annex.cli.output import note, print_json
from annex.cli.session import session
from annex.errors import AnnexError, BadInput


def login(
    host: Annotated[
        str, typer.Option("--host", envvar="ANNEX_HOST", help="Address of the console.")
    ] = "",
    token_stdin: Annotated[
        bool, typer.Option("--token-stdin", help="Read an API token from standard input.")
    ] = False,
    machine: Annotated[
        str, typer.Option("--machine", help="What to call this machine; default its host name.")
    ] = "",
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open the console in a browser.")
    ] = True,
    cluster: OfCluster = "",
) -> None:
    """Sign this machine in: through a browser, or with a token of yours.

    The console then asks which machine wants in, for which organization and as what. With --cluster
    it is the cluster that asks, and what is signed in there are the scripts that carry text.
    """
    if cluster:
        login_on_cluster(cluster, token_stdin=token_stdin, machine=machine, open_browser=browser)
        return
    address = credentials.stored(host).host
    _warn_of_plain_http(address)
    if token_stdin:
        found = Credential(address, _read_token())
    else:
        found = _by_browser(address, machine, open_browser=browser)
    _keep(found)


def logout(
    host: Annotated[
        str, typer.Option("--host", envvar="ANNEX_HOST", help="Address of the console.")
    ] = "",
    cluster: OfCluster = "",
) -> None:
    """Forget this machine's token, and revoke it if `annex login` made it in the browser."""
    if cluster:
        logout_from_cluster(cluster)
        return
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


def _read_token() -> str:
    token = sys.stdin.readline().strip()
    if not token:
        raise BadInput("Standard input holds no token.")
    return token


def _by_browser(address: str, machine: str, *, open_browser: bool) -> Credential:
    from annex.cli.device_login import sign_in_by_browser
    from annex.client import Client

    with Client(address) as client:
        token, organization = sign_in_by_browser(client, machine=machine, open_browser=open_browser)
    return Credential(address, token.secret, organization.slug, token_id=str(token.id))


def _keep(found: Credential) -> None:
    """Store a credential once the control plane has said whose it is."""
    from annex.client import Client

    with Client(found.host, found.token) as client:
        me = client.account.show()
    slug = me.memberships[0].organization.slug if me.memberships else ""
    place = credentials.store(replace(found, organization=slug, email=me.email))
    note(f"Signed in to {found.host} as {me.name} ({slug}). The token lies in {place}.")


def _revoke(kept: Credential) -> None:
    from annex.client import Client, Retries

    try:
        with Client(kept.host, kept.token, retries=Retries(tries=2)) as client:
            client.organization(kept.organization).tokens.revoke(kept.token_id)
    except AnnexError as error:
        note(f"The token could not be revoked ({error.detail}). Revoke it in the console.")


def _warn_of_plain_http(address: str) -> None:
    from urllib.parse import urlsplit

    parts = urlsplit(address)
    if parts.scheme == "http" and parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
        note(f"Careful: {address} is not encrypted; whoever is on the way can read the token.")
