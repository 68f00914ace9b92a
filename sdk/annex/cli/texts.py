"""`annex texts`: free text that arguments of recipes name by id. It lies on the cluster alone."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from annex.cli.cluster_verbs import OnCluster, signed_in
from annex.cli.groups import group
from annex.cli.names import is_id
from annex.cli.options import AsJson, InProject
from annex.cli.output import print_json, print_rows
from annex.errors import BadInput

app = group("Texts that arguments of recipes name; on the cluster alone.")

SHOWN_CODEPOINTS = 60
COLUMNS = {
    "ID": lambda row: row.id,
    "TEXT": lambda row: _begin_of(row.text),
    "BY": lambda row: row.written_by,
    "WRITTEN": lambda row: row.written_at,
}


@app.command("list")
def list_texts(project: InProject = "", cluster: OnCluster = "", as_json: AsJson = False) -> None:
    """List a project's texts, the newest first."""
    from annex.client.cluster_packages import texts_of

    key = _project(project)
    with signed_in(cluster) as client:
        print_rows(texts_of(client, key), COLUMNS, as_json=as_json)


@app.command()
def push(
    text: Annotated[str, typer.Argument(help="The text, @FILE, or - for standard input.")],
    project: InProject = "",
    cluster: OnCluster = "",
    as_json: AsJson = False,
) -> None:
    """Lay a text down on the cluster, and print the id that an argument names it by."""
    from annex.client.cluster_packages import push_text

    said, key = read_text(text, stdin=True), _project(project)
    with signed_in(cluster) as client:
        written = str(push_text(client, key, said))
    if as_json:
        print_json({"id": written})
        return
    typer.echo(written)


def read_text(word: str, *, stdin: bool = False) -> str:
    """Return what a word of the command line stands for: itself, or with @ what a file holds.

    Args: stdin: whether - is standard input. Raises: BadInput.
    """
    if stdin and word == "-":
        return sys.stdin.read()
    if not word.startswith("@"):
        return word
    try:
        return Path(word[1:]).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise BadInput(f"{word[1:]} cannot be read as a text file.") from None


def _project(wanted: str) -> UUID:
    """Return a project's id; an id asks nobody, a title asks the control plane."""
    from annex.cli.session import session

    wanted = wanted or os.environ.get("ANNEX_PROJECT", "")
    return UUID(wanted) if is_id(wanted) else session().project_id(wanted)


def _begin_of(text: str) -> str:
    first = " ".join(text.split())
    return first if len(first) <= SHOWN_CODEPOINTS else f"{first[: SHOWN_CODEPOINTS - 1]}…"
