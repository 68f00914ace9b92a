"""Writes a new package of recipes: a first recipe that runs, to be changed."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from string import Template

NAME = re.compile(r"[a-z][a-z0-9-]{0,47}")


class BadPackageName(ValueError):
    """A name that a package cannot have."""


def write_package(folder: Path) -> list[Path]:
    """Write a package named as its folder, and return the files in the order to read them.

    Raises: BadPackageName; FileExistsError when the folder has anything in it.
    """
    name = folder.resolve().name
    if not NAME.fullmatch(name):
        raise BadPackageName(f"{name!r}: use lower-case letters, digits and hyphens.")
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty.")
    module = name.replace("-", "_")
    words = {"name": name, "module": module, "prefix": name.split("-")[0][:24]}
    return [_write(folder / path, scaffold, words) for path, scaffold in _plan(module)]


def _plan(module: str) -> list[tuple[str, str]]:
    return [
        ("README.md", "README.md.txt"),
        (f"{module}/recipes.py", "recipes.py.txt"),
        (f"{module}/__init__.py", ""),
        ("sample.jsonl", "sample.jsonl.txt"),
        ("pyproject.toml", "pyproject.toml.txt"),
    ]


def _write(path: Path, scaffold: str, words: dict[str, str]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    template = files("annex.recipes").joinpath("scaffold", scaffold).read_text() if scaffold else ""
    path.write_text(Template(template).substitute(words))
    return path
