"""The pages, by file name; a test compares them with those that are committed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import annex.recipes
import typer.main
from annex.cli.groups import load
from annex.cli.main import app
from annex.cli.table import COMMANDS

from docs.generator.sources import SDK, Nouns, classes_of, described, entries_of, errors_of

REFERENCE: Final = Path(__file__).resolve().parents[1] / "reference"
WIDTH = 100
WRITTEN = "Written by `make reference`; change the docstrings instead."


def pages() -> dict[str, str]:
    """Return every page of the reference."""
    found = {"recipes.md": recipes_page(), "client.md": client_page(), "cli.md": cli_page()}
    return {name: "\n\n".join(parts) + "\n" for name, parts in found.items()}


def recipes_page() -> list[str]:
    """Return the page of everything that `annex.recipes` exports."""
    opening = (
        "How it goes together: [recipes](../recipes.md). `Ge`, `Gt`, `Le` and `Lt` bound numbers, "
        "`Len` lists; `View` has the names of the screens."
    )
    parts = ["# annex.recipes", f"{WRITTEN} {opening}"]
    modules = [SDK / "recipes" / f"{name}.py" for name in ("registry", "components", "arguments")]
    entries = {entry.name: entry for module in modules for entry in entries_of(module)}
    for name in sorted(entries.keys() & set(annex.recipes.__all__), key=list(entries).index):
        parts += described(entries[name], verbs=True)
    return parts


def client_page() -> list[str]:
    """Return the page of both clients, their nouns and verbs, and the cluster's client."""
    parts = ["# annex.client", f"{WRITTEN} How to begin: [from Python](../cli.md#from-python)."]
    folder = SDK / "client"
    clients = classes_of(folder / "clients.py")
    for name in ("Client", "AsyncClient"):
        parts += described(clients[name])
    nouns = Nouns(folder)
    for title, scope in (
        ("client", clients["Nouns"]),
        ("organization", classes_of(folder / "organization.py")["OrganizationScope"]),
        ("project", classes_of(folder / "project.py")["ProjectScope"]),
    ):
        parts += nouns.described(title, scope)
    parts += described(classes_of(folder / "calls.py")["Retries"])
    parts += described(classes_of(folder / "cluster.py")["ClusterClient"], verbs=True)
    return [*parts, "## Errors", *errors_of(SDK / "errors.py")]


def cli_page() -> list[str]:
    """Return the page of every command's help, as the terminal shows it."""
    parts = ["# annex", f"{WRITTEN} What goes together with what: [command line](../cli.md)."]
    whole: Any = typer.main.get_command(app)
    parts.append(help_of(whole, "annex"))
    for name in COMMANDS:
        parts += [f"## annex {name}", *_helps(load(name), f"annex {name}")]
    return parts


def _helps(command: Any, path: str) -> Iterator[str]:
    yield help_of(command, path)
    for name, verb in sorted(getattr(command, "commands", {}).items()):
        yield f"### {path} {name}"
        yield from _helps(verb, f"{path} {name}")


def help_of(command: Any, path: str) -> str:
    """Return a command's help in a fence."""
    context = command.context_class(
        command, info_name=path, terminal_width=WIDTH, max_content_width=WIDTH
    )
    lines = (line.rstrip() for line in command.get_help(context).splitlines())
    text = "\n".join(lines).strip()
    return f"```\n{text}\n```"
