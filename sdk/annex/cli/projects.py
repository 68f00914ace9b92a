"""`annex projects`."""

from __future__ import annotations

from annex.cli.groups import group
from annex.cli.options import AsJson
from annex.cli.output import print_rows
from annex.cli.session import session

app = group("Projects.")

COLUMNS = {
    "ID": lambda row: row.id,
    "TITLE": lambda row: row.title,
    "EXAMPLES": lambda row: row.counts.examples,
    "ANSWERED": lambda row: row.counts.answered,
    "MODELS": lambda row: row.counts.models,
}


@app.command("list")
def list_projects(as_json: AsJson = False) -> None:
    """List the projects you may see."""
    print_rows(session().organization.projects.list(), COLUMNS, as_json=as_json)
