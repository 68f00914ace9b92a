"""`annex clusters`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from annex.cli.asking import ask_first
from annex.cli.creating import created
from annex.cli.groups import group
from annex.cli.names import is_id, one_named
from annex.cli.options import AsJson, ExistsOk, Sure
from annex.cli.output import note, print_json, print_one, print_rows
from annex.cli.session import session

if TYPE_CHECKING:
    from annex.client.nouns import Sync
    from annex.client.organization import OrganizationScope

app = group("Clusters: where the text lies.")

COLUMNS = {
    "ID": lambda row: row.id,
    "NAME": lambda row: row.name,
    "ORIGIN": lambda row: row.origin,
    "STATE": lambda row: row.state,
    "LAST SEEN": lambda row: row.last_seen_at,
}
Wanted = Annotated[str, typer.Argument(help="Name or id.")]
Origin = Annotated[str, typer.Option("--origin", help="Where people's browsers reach it.")]


def cluster_named(acme: OrganizationScope[Sync], wanted: str) -> UUID:
    """Return the id of a cluster by its name or id. Raises: NoneOfThatName, BadInput."""
    if is_id(wanted):
        return UUID(wanted)
    return one_named("cluster", wanted, acme.clusters.list(), lambda row: row.name).id


@app.command("list")
def list_clusters(as_json: AsJson = False) -> None:
    """List clusters, without revoked ones."""
    print_rows(session().organization.clusters.list(), COLUMNS, as_json=as_json)


@app.command()
def show(cluster: Wanted, as_json: AsJson = False) -> None:
    """Show a cluster with its last health report."""
    acme = session().organization
    print_one(acme.clusters.show(cluster_named(acme, cluster)), as_json=as_json)


@app.command()
def create(
    name: Annotated[str, typer.Argument(help="Name of the new cluster.")],
    origin: Origin,
    exists_ok: ExistsOk = False,
    as_json: AsJson = False,
) -> None:
    """Announce a cluster; `annex clusters join` then gives the line to paste there."""
    acme = session().organization
    row = created(
        "cluster",
        name,
        lambda: acme.clusters.create(name, origin),
        exists_ok=exists_ok,
        rows=acme.clusters.list,
        name_of=lambda row: row.name,
    )
    print_one(row, as_json=as_json)


@app.command()
def change(
    cluster: Wanted,
    name: Annotated[str | None, typer.Option("--name", help="The new name.")] = None,
    origin: Annotated[str | None, typer.Option("--origin", help="The new origin.")] = None,
    as_json: AsJson = False,
) -> None:
    """Change a cluster's name or origin."""
    acme = session().organization
    given = {"name": name, "origin": origin}
    changes = {field: value for field, value in given.items() if value is not None}
    print_one(acme.clusters.change(cluster_named(acme, cluster), **changes), as_json=as_json)


@app.command()
def join(cluster: Wanted, as_json: AsJson = False) -> None:
    """Print the line to paste on the cluster; it holds a secret and works once."""
    acme = session().organization
    made = acme.clusters.join_token(cluster_named(acme, cluster))
    if as_json:
        print_json(made.model_dump(mode="json"))
        return
    note(f"Paste this on the cluster until {made.expires_at.astimezone():%H:%M}:")
    typer.echo(made.command)


@app.command()
def confirm(
    cluster: Wanted,
    fingerprint: Annotated[str, typer.Argument(help="What the cluster's terminal shows.")],
    as_json: AsJson = False,
) -> None:
    """Confirm a cluster's fingerprint, after comparing it with the one on its terminal."""
    acme = session().organization
    row = acme.clusters.confirm(cluster_named(acme, cluster), fingerprint)
    print_one(row, as_json=as_json)


@app.command()
def revoke(cluster: Wanted, yes: Sure = False) -> None:
    """Cut the line to a cluster for good; what lies there stays there."""
    acme = session().organization
    wanted = cluster_named(acme, cluster)
    ask_first(f"Revoke the cluster {cluster} for good?", sure=yes)
    acme.clusters.revoke(wanted)
    note(f"Revoked {cluster}.")
