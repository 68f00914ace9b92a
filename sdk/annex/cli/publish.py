"""`annex recipes publish` and `list`: code goes to the cluster, names to the control plane."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from annex.cli.options import AsJson
from annex.cli.output import note, print_one, print_rows
from annex.cli.session import session
from annex.errors import BadInput, NoneOfThatName, RecipeAtFault

if TYPE_CHECKING:
    from annex.cli.session import Session
    from annex.client.recipes import Package
    from annex.client.types import Cluster
    from annex.contract.published import RecipePackage
    from annex.recipes.wheels import Wheelhouse

COLUMNS = {
    "RECIPE": lambda row: row.recipe,
    "KIND": lambda row: row.kind,
    "TITLE": lambda row: row.title,
    "WHERE": lambda row: (
        "everywhere"
        if row.built_in
        else ", ".join(
            f"{home.cluster_name} ({home.package} {home.version})" for home in row.packages
        )
    ),
}


def list_recipes(as_json: AsJson = False) -> None:
    """List what tasks and jobs can be made of, and where it runs."""
    print_rows(session().organization.recipes.list(), COLUMNS, as_json=as_json)


def publish(
    folder: Annotated[Path, typer.Argument(help="The folder of the package.")] = Path(),
    cluster: Annotated[
        str, typer.Option("--cluster", help="Name, id or address; default the one signed in on.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Publish a package: its code to the cluster, what its recipes ask for to the control plane."""
    now = session()
    target = cluster_named(now, cluster)
    with TemporaryDirectory() as name:
        house, described = build(folder, Path(name))
        digest = send(house, target.origin)
    if digest != described.digest():
        raise BadInput(
            "The cluster reads other recipes from the package than this machine.",
            what_to_do="Describe recipes by what is in the package alone, and publish it again.",
        )
    registered = now.organization.packages.register(target.id, described)
    told(registered, described, as_json=as_json)


def build(folder: Path, scratch: Path) -> tuple[Wheelhouse, RecipePackage]:
    """Build the package and what it needs, and describe it. Raises: RecipeAtFault."""
    from annex.recipes.wheels import BuildFailed, build_wheelhouse, describe_wheelhouse

    note(f"Building {folder.resolve().name} …")
    try:
        house = build_wheelhouse(folder, _made(scratch / "wheels"))
        return house, describe_wheelhouse(house, _made(scratch / "site"))
    except BuildFailed as failed:
        note(failed.output)
        raise RecipeAtFault(str(failed)) from None


def send(house: Wheelhouse, origin: str) -> str | None:
    """Bring a package to the cluster, and return the digest of what the cluster reads in it."""
    from annex.cli.cluster_verbs import signed_in
    from annex.client.cluster_packages import push_package, wait_until_installed

    with signed_in(origin) as client:
        count = len(house.wheels)
        note(f"Sending {house.name} {house.version} ({count} wheel{'s' * (count > 1)}) …")
        pushed = push_package(client, house.wheels, house.name)
        return wait_until_installed(client, pushed).digest


def told(package: Package, described: RecipePackage, *, as_json: bool) -> None:
    """Say what is published, and what to do with it."""
    if as_json:
        print_one(package, as_json=True)
        return
    for recipe in described.recipes:
        typer.echo(f"{recipe.name}.v{recipe.version}  {recipe.title}")
    first = described.recipes[0]
    verb = "tasks create TITLE --recipe" if first.view else "jobs run"
    note(f"\nNext:\n  annex {verb} {first.name}.v{first.version} --project …")


def cluster_named(now: Session, wanted: str) -> Cluster:
    """Return a cluster by its name, id or address; '' is the one signed in on.

    Raises: NoneOfThatName, SignInOnCluster.
    """
    from annex.cli.cluster_credentials import current_cluster

    wanted = wanted or current_cluster().origin
    for row in now.organization.clusters.list():
        if wanted in {row.name, str(row.id), row.origin}:
            return row
    raise NoneOfThatName(f"No cluster that you can see is called {wanted}.")


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder
