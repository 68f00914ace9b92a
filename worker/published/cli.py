"""`python -m worker packages …`: see what was published, and let it be installed."""

from __future__ import annotations

import getpass
import json
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from worker.people.access_log import note_access
from worker.people.models import What
from worker.published.actions import approve_package
from worker.published.models import Package

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.command("list")
def list_packages(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """List the packages of recipes on this cluster, the newest first."""
    rows = [_row(package) for package in Package.objects.order_by("-published_at")]
    if as_json:
        for row in rows:
            typer.echo(json.dumps(row))
        return
    table = Table("name", "version", "state", "wheels' digest", "published by", "approved by")
    for row in rows:
        table.add_row(*row.values())
    Console().print(table)


@app.command()
def show(name: str, version: str) -> None:
    """Show a package's wheels, and what installing it said."""
    package = Package.objects.filter(name=name, version=version).first()
    if package is None:
        typer.echo("There is no such package on this cluster.", err=True)
        raise typer.Exit(2)
    typer.echo(f"{package}: {package.state}")
    for wheel in package.wheels.order_by("file_name"):
        typer.echo(f"{wheel.sha256}  {wheel.file_name}")
    typer.echo(package.log)


@app.command()
def approve(name: str, version: str) -> None:
    """Let a package that waits be installed; compare its wheels' digests with `show` before."""
    by = getpass.getuser()
    package = approve_package(name, version, by=by)
    note_access(What.PACKAGE_APPROVED, actor=by, noun=package.id)
    typer.echo(f"{package}: approved, and is being installed")


def _row(package: Package) -> dict[str, str]:
    return {
        "name": package.name,
        "version": package.version,
        "state": package.state,
        "digest": package.digest[:16],
        "published_by": str(package.published_by),
        "approved_by": package.approved_by,
    }
