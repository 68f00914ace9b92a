"""The entry point: runs a command, and turns what went wrong into prose and an exit status."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence
from typing import Annotated, Any

import typer
import typer.main

from annex.cli.exit_codes import ExitCode, exit_code_of
from annex.cli.groups import LazyGroup
from annex.errors import AnnexError

ABORTED = 1
"""How Typer ends when a question is answered with Ctrl-C, or when nobody reads its output."""

app = typer.Typer(
    cls=LazyGroup,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def show_version(wanted: bool) -> None:
    """Print the version of the package."""
    if wanted:
        from importlib.metadata import version

        typer.echo(f"annex {version('annex')}")
        raise typer.Exit


@app.callback()
def annex(
    version: Annotated[
        bool,
        typer.Option("--version", callback=show_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Annex from the command line: projects, people, jobs, models and scores.

    Every list and show has --json. Exit statuses: docs/cli.md.
    """


def main(argv: Sequence[str] | None = None, group: typer.Typer = app, name: str = "annex") -> int:
    """Run one command line and return its exit status."""
    command: Any = typer.main.get_command(group)
    try:
        command.main(args=argv, prog_name=name)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(ExitCode.OK)
        return int(ExitCode.INTERRUPTED) if code == ABORTED else code
    except AnnexError as error:
        report(error)
        return int(exit_code_of(error))
    except KeyboardInterrupt:
        return int(ExitCode.INTERRUPTED)
    except Exception:
        traceback.print_exc()
        typer.echo("This is a defect of `annex`. Please report the lines above.", err=True)
        return int(ExitCode.OURS)
    return int(ExitCode.OK)


def report(error: AnnexError) -> None:
    """Say on standard error what happened, which fields are wrong, and what to do."""
    said = error.title if error.detail == error.title else f"{error.title}: {error.detail}"
    typer.echo(said, err=True)
    for wrong in error.errors:
        typer.echo(f"  {wrong.field}: {wrong.message}", err=True)
    ref = getattr(error, "document", {}).get("ref")
    mark = f"{error.code}, reference {ref}" if ref else error.code
    typer.echo(f"{error.what_to_do}  [{mark}]", err=True)


def run() -> None:
    """Run `annex`."""
    sys.exit(main())
