"""The page about recipes is true: its Python runs, its tables leave nothing out."""

from __future__ import annotations

import dataclasses
import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

import typer.main
from annex.cli.recipes import app
from annex.contract import fields as f
from annex.recipes import Task

PAGE = Path(__file__).parents[3] / "docs" / "recipes.md"
TEXT = PAGE.read_text(encoding="utf-8")
PYTHON = re.findall(r"^```python\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)


def test_its_python_runs_from_top_to_bottom(tmp_path: Path) -> None:
    assert len(PYTHON) >= 4
    names = "print(*(each.description.name for each in registered_recipes()))"
    last = f"from annex.recipes.registry import registered_recipes\n{names}\n"
    source = tmp_path / "page.py"
    source.write_text("\n".join([*PYTHON, last]), encoding="utf-8")
    done = subprocess.run([sys.executable, source], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [
        "polite.accepted",
        "polite.again",
        "polite.check",
        "polite.count",
        "polite.report",
    ]


def test_every_type_of_argument_has_its_row() -> None:
    kinds = {kind.model_fields["kind"].default for kind in get_args(get_args(f.FieldType)[0])}
    rows = re.findall(r"^\| [^|]*(?:\\\|[^|]*)*\((\w+)\) \|", TEXT, re.MULTILINE)
    assert sorted(rows) == sorted(kinds)


def test_every_component_has_its_row() -> None:
    table = TEXT.partition("## Components")[2].partition("A process may")[0]
    firsts = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    named = {name for first in firsts for name in re.findall(r"`(\w+)`", first)}
    assert named == {field.name for field in dataclasses.fields(Task)}


def test_the_commands_that_it_names_exist() -> None:
    named = set(re.findall(r"annex recipes (\w+)", TEXT))
    assert {"init", "preview", "test"} <= named
    assert named <= set(typer.main.get_group(app).commands)
