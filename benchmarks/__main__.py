"""`make bench`: every benchmark, each beside its reference measured in the same run.

    python -m benchmarks [--only NAME]

Exit status 1 when a gate fails or a benchmark could not run, as without the shared data.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from benchmarks.figures import WRITE_TO, Figure, print_table, read_figures

BENCHMARKS = (
    "train_ratio",
    "predict_ratio",
    "fashion_brands",
    "reference_scores",
    "import_rate",
    "import_memory",
    "export_rate",
    "rules_trial",
    "annotation_rate",
    "list_pages",
    "claim_delay",
    "key_to_paint",
    "outage_saves",
    "own_recipe",
)


def main(
    only: Annotated[list[str] | None, typer.Option(help="Run this one; may be repeated.")] = None,
) -> None:
    """Run the benchmarks one after the other and print one table."""
    unknown = set(only or ()) - set(BENCHMARKS)
    if unknown:
        raise typer.BadParameter(f"Choose among {', '.join(BENCHMARKS)}.")
    figures: list[Figure] = []
    unfinished: list[str] = []
    for name in only or BENCHMARKS:
        print(f"{name} …", flush=True)
        measured = run(name)
        figures += measured
        if not measured:
            unfinished.append(name)
    print_table(figures)
    for name in unfinished:
        print(f"{name} gave no figures; see what it printed above.")
    raise typer.Exit(bool(unfinished) or any(figure.fails for figure in figures))


def run(name: str) -> list[Figure]:
    """Run one benchmark as a process of its own, for its own servers; return what it measured."""
    with tempfile.TemporaryDirectory(prefix="annex-bench-") as folder:
        written = Path(folder) / "figures.json"
        command = [sys.executable, "-m", f"benchmarks.{name}"]
        subprocess.run(command, env=os.environ | {WRITE_TO: str(written)}, check=False)
        return read_figures(written) if written.exists() else []


if __name__ == "__main__":
    typer.run(main)
