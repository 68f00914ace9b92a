"""`annex secrets`: what recipes are given and nobody reads back.

The name goes to the control plane. The value goes to the project's cluster and nowhere else; it
is typed at a prompt or read from standard input, never from the command line, which others see.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from annex.cli.asking import ask_first
from annex.cli.cluster_verbs import OnCluster, signed_in
from annex.cli.groups import group
from annex.cli.names import one_named
from annex.cli.options import AsJson, InProject, Sure
from annex.cli.output import note, print_one, print_rows
from annex.cli.session import session
from annex.errors import BadInput

if TYPE_CHECKING:
    from annex.client.cluster import ClusterClient
    from annex.client.nouns import Sync
    from annex.client.project import ProjectScope

app = group("Secrets: what recipes are given and nobody reads back.")

COLUMNS = {"ID": lambda row: row.id, "NAME": lambda row: row.name}
Name = Annotated[str, typer.Argument(help="Name: a letter, then letters, digits and hyphens.")]


@app.command("list")
def list_secrets(project: InProject = "", as_json: AsJson = False) -> None:
    """List the names of a project's secrets."""
    print_rows(session().project(project).secrets.list(), COLUMNS, as_json=as_json)


@app.command("set")
def set_secret(
    name: Name, project: InProject = "", cluster: OnCluster = "", as_json: AsJson = False
) -> None:
    """Set a secret, or another value in its place, asked for or read from standard input."""
    from annex.client.cluster_packages import push_secret

    with on_cluster(project, cluster) as (scope, place, there):
        value = read_value()
        found = next((row for row in scope.secrets.list() if row.name == name), None)
        secret = found or scope.secrets.create(name)
        push_secret(there, place, secret.id, value)
    print_one(secret, as_json=as_json)


@app.command()
def remove(name: Name, project: InProject = "", cluster: OnCluster = "", yes: Sure = False) -> None:
    """Delete a secret's value on the cluster, then its name."""
    from annex.client.cluster_packages import drop_secret

    with on_cluster(project, cluster) as (scope, place, there):
        found = one_named("secret", name, scope.secrets.list(), lambda row: row.name)
        ask_first(
            f"Remove {found.name}? Recipes that ask for it will not start any more.", sure=yes
        )
        drop_secret(there, place, found.id)
        scope.secrets.remove(found.id)
    note(f"{found.name} is gone.")


@contextmanager
def on_cluster(
    project: str, cluster: str
) -> Iterator[tuple[ProjectScope[Sync], UUID, ClusterClient]]:
    """Give a project's nouns, its id, and the client of its cluster. Raises: SignInOnCluster."""
    now = session()
    place = now.project_id(project)
    where = now.organization.projects.show(place).cluster
    origin = cluster or now.organization.clusters.show(where).origin
    with signed_in(origin) as client:
        yield now.organization.project(place), place, client


def read_value() -> str:
    """Return what is typed without being shown, or piped in. Raises: BadInput for nothing."""
    if sys.stdin.isatty():
        value = str(typer.prompt("Value", hide_input=True, err=True))
    else:
        value = sys.stdin.read().removesuffix("\n")
    if not value:
        raise BadInput("The value is empty.")
    return value
