"""`make demo`: the main job, end to end, on real text, on this machine."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console as Terminal

from examples.demo.gold import Material, documentation_material, file_material
from examples.demo.planes import DEMO_EMAIL, Planes
from examples.demo.report import broken_promises
from examples.demo.run import ANNOTATORS, Stage, play

FOLDER = Path(__file__).resolve().parents[2] / ".demo"


def main(
    check: Annotated[
        bool, typer.Option(help="Verify the ledger and exit instead of serving on.")
    ] = False,
    data: Annotated[Path | None, typer.Option(help="Prodigy JSONL to annotate from.")] = None,
    evaluation: Annotated[
        Path | None, typer.Option("--eval", help="Prodigy JSONL held back.")
    ] = None,
    labels: Annotated[str, typer.Option(help="Label names, separated by commas.")] = "",
    patterns: Annotated[Path | None, typer.Option(help="Patterns JSONL, the baseline.")] = None,
) -> None:
    """Set both planes up, run the main job and keep serving."""
    terminal = Terminal()
    material = choose_material(data, evaluation, labels, patterns)
    shutil.rmtree(FOLDER, ignore_errors=True)
    with Planes(FOLDER) as planes:
        planes.bootstrap(simulated=ANNOTATORS)
        greet(terminal, planes)
        board = play(Stage(planes, material, terminal))
        if check:
            terminal.print(planes.work("ledger", "verify").strip())
            if data is None and (broken := broken_promises(board)):
                terminal.print(f"[red]Less than promised:[/] {'; '.join(broken)}.")
                raise typer.Exit(1)
        else:
            serve_on(terminal)


def choose_material(
    data: Path | None, evaluation: Path | None, labels: str, patterns: Path | None
) -> Material:
    """Return botocore's paragraphs, or the given files. Raises: typer.BadParameter."""
    if data is None and evaluation is None:
        return documentation_material()
    names = tuple(name.strip() for name in labels.split(",") if name.strip())
    if data is None or evaluation is None or not names:
        raise typer.BadParameter("DATA, EVAL and LABELS belong together.")
    return file_material(data, evaluation, names, patterns)


def greet(terminal: Terminal, planes: Planes) -> None:
    terminal.print(f"\n  Console   {planes.console_origin}")
    terminal.print(f"  Cluster   {planes.worker_origin}")
    terminal.print(f"  Sign in   {DEMO_EMAIL}   {planes.password}\n", highlight=False)


def serve_on(terminal: Terminal) -> None:
    terminal.print("\nBoth planes keep serving. Stop them with Ctrl-C.")
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        terminal.print("Stopping.")


if __name__ == "__main__":
    typer.run(main)
