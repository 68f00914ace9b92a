"""Every command, by name: where it is and what it does. Add a command with one line here.

A target is `module:attribute`: a `typer.Typer` from `annex.cli.groups.group` is a noun with verbs,
a function is a command. Modules keep imports of heavy libraries inside their functions.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Entry(NamedTuple):
    """One line of `annex --help`."""

    target: str
    help: str


COMMANDS: Final[dict[str, Entry]] = {
    "login": Entry("annex.cli.sign_in:login", "Sign this machine in."),
    "logout": Entry("annex.cli.sign_in:logout", "Forget and revoke this machine's token."),
    "whoami": Entry("annex.cli.sign_in:whoami", "Say who is signed in, where, and as what."),
    "projects": Entry("annex.cli.projects:app", "Projects."),
    "recipes": Entry("annex.cli.recipes:app", "Recipes of your own."),
}
