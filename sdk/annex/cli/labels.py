"""`annex labels`: the scheme, and changes that answers follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from annex.cli.groups import group
from annex.cli.names import is_id
from annex.cli.options import AsJson, InProject
from annex.cli.output import note, plain, print_json, print_one, print_rows
from annex.cli.session import session
from annex.errors import NoneOfThatName

if TYPE_CHECKING:
    from annex.client.nouns import Sync
    from annex.client.project import ProjectScope
    from annex.client.types import Label, Scheme

app = group("Labels: the project's scheme.")

COLUMNS = {
    "ID": lambda row: row.id,
    "NAME": lambda row: row.name,
    "COLOUR": lambda row: row.colour,
    "KEY": lambda row: row.key,
    "RETIRED": lambda row: row.retired,
}
CHANGES = {
    "ID": lambda row: row.id,
    "KIND": lambda row: row.kind,
    "STATE": lambda row: row.state,
    "ANSWERS": lambda row: row.answers,
    "BY": lambda row: row.created_by,
    "AT": lambda row: row.created_at,
}
Names = Annotated[list[str], typer.Argument(help="Names of labels.")]
Into = Annotated[list[str], typer.Option("--into", help="Name or id of a label; may be repeated.")]
NewNames = Annotated[
    list[str], typer.Option("--new", help="Name of a label to be made; may be repeated.")
]
Change = Annotated[str, typer.Argument(help="Id of the change.")]


@app.command("list")
def list_labels(
    project: InProject = "",
    retired: Annotated[bool, typer.Option("--retired", help="Retired labels too.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the labels of the scheme, in order."""
    scheme = session().project(project).labels.show()
    rows = [label for label in scheme.labels if retired or not label.retired]
    print_rows(rows, COLUMNS, as_json=as_json)


@app.command()
def add(
    names: Names,
    project: InProject = "",
    exists_ok: Annotated[
        bool, typer.Option("--exists-ok", help="Leave alone what is in the scheme already.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Add labels behind the others; each gets a free colour and key."""
    scope = session().project(project)
    scheme = scope.labels.show()
    there = {label.name for label in in_use(scheme)}
    missing = [name for name in names if not (exists_ok and name in there)]
    if missing:
        rows: list[Label | dict[str, str]] = [*scheme.labels]
        rows += [{"name": name} for name in missing]
        scheme = scope.labels.save(rows, version=scheme.version)
    else:
        note("All of them are there already.")
    _print_scheme(scheme, as_json=as_json)


@app.command()
def rename(
    label: Annotated[str, typer.Argument(help="Name or id of the label.")],
    new_name: Annotated[str, typer.Argument(help="Its new name.")],
    project: InProject = "",
    as_json: AsJson = False,
) -> None:
    """Rename a label; answers keep it."""
    scope = session().project(project)
    scheme = scope.labels.show()
    wanted = label_named(scheme, label)
    rows = [
        each.model_copy(update={"name": new_name}) if each.id == wanted else each
        for each in scheme.labels
    ]
    _print_scheme(scope.labels.save(rows, version=scheme.version), as_json=as_json)


@app.command()
def retire(names: Names, project: InProject = "", as_json: AsJson = False) -> None:
    """Offer labels no more; answers keep them. `delete` takes them out of answers."""
    scope = session().project(project)
    scheme = scope.labels.show()
    wanted = {label_named(scheme, name) for name in names}
    rows = [each for each in scheme.labels if each.id not in wanted]
    _print_scheme(scope.labels.save(rows, version=scheme.version), as_json=as_json)


@app.command()
def changes(project: InProject = "", as_json: AsJson = False) -> None:
    """List merges, splits and deletions, newest first."""
    print_rows(session().project(project).label_changes.list(), CHANGES, as_json=as_json)


@app.command("change")
def show_change(change: Change, project: InProject = "", as_json: AsJson = False) -> None:
    """Show one change, and how many answers it touches."""
    print_one(session().project(project).label_changes.show(change), as_json=as_json)


@app.command()
def merge(
    names: Names,
    into: Annotated[str, typer.Option("--into", help="Name or id of the label to keep.")],
    project: InProject = "",
    as_json: AsJson = False,
) -> None:
    """Ask how many answers a merge would touch; `apply` then makes it."""
    _count("merge", names, [into], [], project, as_json=as_json)


@app.command()
def split(
    label: Annotated[str, typer.Argument(help="Name or id of the label.")],
    into: Into = [],  # noqa: B006 - Typer copies it
    new: NewNames = [],  # noqa: B006 - Typer copies it
    project: InProject = "",
    as_json: AsJson = False,
) -> None:
    """Ask how many answers a split would touch; `apply` then makes it."""
    _count("split", [label], into, new, project, as_json=as_json)


@app.command()
def delete(names: Names, project: InProject = "", as_json: AsJson = False) -> None:
    """Ask how many answers a deletion would touch; `apply` then makes it."""
    _count("delete", names, [], [], project, as_json=as_json)


@app.command("apply")
def apply_change(
    change: Change,
    project: InProject = "",
    evaluation: Annotated[
        bool, typer.Option("--evaluation", help="Held-back answers follow too.")
    ] = False,
    look_again: Annotated[
        bool, typer.Option("--look-again", help="Touched examples come back to people.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Make a counted change: every answer on the cluster follows."""
    scope = session().project(project)
    row = scope.label_changes.apply(change, evaluation=evaluation, look_again=look_again)
    print_one(row, as_json=as_json)


@app.command()
def undo(change: Change, project: InProject = "", as_json: AsJson = False) -> None:
    """Take the newest change back."""
    print_one(session().project(project).label_changes.undo(change), as_json=as_json)


def in_use(scheme: Scheme) -> list[Label]:
    """Return the labels that are not retired."""
    return [label for label in scheme.labels if not label.retired]


def label_named(scheme: Scheme, wanted: str) -> UUID:
    """Return the id of a label in use, by name or id. Raises: NoneOfThatName."""
    for label in in_use(scheme):
        if label.id is not None and wanted in {label.name, str(label.id)}:
            return label.id
    raise NoneOfThatName(f"The scheme has no label {wanted} in use.")


def labels_named(scope: ProjectScope[Sync], wanted: list[str]) -> list[UUID]:
    """Return the ids of labels in use, by names or ids; the scheme is only read for names."""
    if all(is_id(each) for each in wanted):
        return [UUID(each) for each in wanted]
    scheme = scope.labels.show()
    return [label_named(scheme, each) for each in wanted]


def _count(
    kind: str,
    names: list[str],
    into: list[str],
    new_names: list[str],
    project: str,
    *,
    as_json: bool,
) -> None:
    scope = session().project(project)
    scheme = scope.labels.show()
    row = scope.label_changes.count(
        kind,
        [label_named(scheme, name) for name in names],
        into=[label_named(scheme, name) for name in into],
        new_names=new_names,
    )
    print_one(row, as_json=as_json)
    note(f"Nothing has changed yet. annex labels change {row.id} shows the count, apply makes it.")


def _print_scheme(scheme: Scheme, *, as_json: bool) -> None:
    if as_json:
        print_json(plain(scheme))
    else:
        print_rows(in_use(scheme), COLUMNS, as_json=False)
