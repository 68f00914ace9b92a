"""The reference says what the docstrings and the command line say now: `make reference`."""

from __future__ import annotations

import re

import annex.recipes
from annex.cli.groups import load
from annex.cli.table import COMMANDS

from docs.generator.pages import REFERENCE, pages
from docs.generator.sources import classes_of, described


def test_the_pages_are_those_that_would_be_written() -> None:
    written = {page.name: page.read_text(encoding="utf-8") for page in REFERENCE.glob("*.md")}
    assert written == pages()


def test_every_exported_name_of_recipes_is_told() -> None:
    told = set(re.findall(r"^## (\w+)$", pages()["recipes.md"], re.MULTILINE))
    of_others = {"Ge", "Gt", "Le", "Len", "Lt", "Stream", "View"}
    assert told == set(annex.recipes.__all__) - of_others


def test_every_verb_of_the_command_line_is_told() -> None:
    told = set(re.findall(r"^### annex (.+)$", pages()["cli.md"], re.MULTILINE))
    verbs = {f"{name} {verb}" for name in COMMANDS for verb in getattr(load(name), "commands", {})}
    assert told == verbs


def test_another_docstring_makes_another_page() -> None:
    module = REFERENCE.parents[1] / "sdk" / "annex" / "recipes" / "components.py"
    job = classes_of(module)["Job"]
    said = "\n".join(described(job, verbs=True))
    assert job.doc.splitlines()[0] in said
    assert "progress(done: int, total: int | None=None)" in said
