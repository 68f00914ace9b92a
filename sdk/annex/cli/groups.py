"""How commands are made of functions, and loaded when they are called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

import typer
import typer.main
from typer.core import TyperGroup

from annex.cli.table import COMMANDS


def group(sentence: str, **settings: Any) -> typer.Typer:
    """Return a noun, to which verbs are added with `@app.command()`."""
    return typer.Typer(
        help=sentence,
        no_args_is_help=True,
        # Rich would draw the help; it is imported for tables and progress only.
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        add_completion=False,
        **settings,
    )


def load(name: str) -> Any:
    """Import the command of that name and return it as Typer runs it."""
    module, _, attribute = COMMANDS[name].target.partition(":")
    found = getattr(import_module(module), attribute)
    if isinstance(found, typer.Typer):
        return typer.main.get_group(found)
    alone = group("")
    alone.command(name)(found)
    return typer.main.get_command(alone)


class LazyCommands(Mapping[str, Any]):
    """The commands of the table; looking one up imports its module."""

    def __getitem__(self, name: str) -> Any:
        if name not in COMMANDS:
            raise KeyError(name)
        return load(name)

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


class LazyGroup(TyperGroup):
    """`annex` itself: lists the table without importing anything."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        commands: Any = LazyCommands()
        self.commands = commands

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names, in the table's order."""
        return [*COMMANDS]

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the table."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in COMMANDS.items()])
