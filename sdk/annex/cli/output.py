"""What commands print: tables for people, JSON for scripts. Only results go to stdout."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from annex.client.types import Answer

Columns = Mapping[str, Callable[[Any], Any]]
PIPE_WIDTH = 4000
"""Columns of a pipe: nothing is wrapped or cut that a program may read."""


def print_rows(rows: Iterable[Answer], columns: Columns, *, as_json: bool) -> None:
    """Print a list: JSON with every field of the API, or a table of these columns."""
    found = list(rows)
    if as_json:
        print_json([plain(row) for row in found])
        return
    if not found:
        typer.echo("There are none.", err=True)
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*columns, box=None, pad_edge=False, header_style="bold")
    for row in found:
        table.add_row(*(Text(shown(cell(row))) for cell in columns.values()))
    Console(width=None if sys.stdout.isatty() else PIPE_WIDTH, highlight=False).print(table)


def print_one(row: Answer, *, as_json: bool) -> None:
    """Print one thing with all its fields."""
    if as_json:
        print_json(plain(row))
        return
    lines = list(_lines(plain(row)))
    width = max(len(name) for name, _ in lines)
    for name, value in lines:
        typer.echo(f"{name.ljust(width)}  {value}".rstrip())


def print_json(value: Any) -> None:
    """Print JSON to stdout."""
    typer.echo(json.dumps(value, indent=2, ensure_ascii=False))


def plain(row: Answer) -> Any:
    """Return the row as JSON holds it."""
    return row.model_dump(mode="json")


def shown(value: Any) -> str:
    """Return a cell as people read it."""
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{value.astimezone():%Y-%m-%d %H:%M}"
    if isinstance(value, float):
        return f"{value:g}"
    return str(value)


def note(sentence: str) -> None:
    """Tell the person something on stderr."""
    typer.echo(sentence, err=True)


def _lines(document: Mapping[str, Any], prefix: str = "") -> Iterable[tuple[str, str]]:
    """Yield (path, value) of each leaf; lists of objects are counted."""
    for name, value in document.items():
        if isinstance(value, dict) and value:
            yield from _lines(value, f"{prefix}{name}.")
        elif isinstance(value, list):
            simple = not any(isinstance(item, (dict, list)) for item in value)
            text = ", ".join(map(str, value)) if simple else str(len(value))
            yield f"{prefix}{name}", text or "-"
        else:
            yield f"{prefix}{name}", shown(value)
