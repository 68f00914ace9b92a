"""Builds a package's wheel and the wheels of what it needs, so that a cluster needs no registry.

What `annex` itself brings is left out: on the cluster the worker's own is used, which speaks the
worker's own protocol.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from email.parser import Parser
from pathlib import Path

from annex.contract.published import RecipePackage

PLATFORM_PACKAGES = frozenset({"annex"})


class BuildFailed(Exception):
    """pip could not build or fetch a wheel; `output` is what it said."""

    def __init__(self, output: str) -> None:
        super().__init__("The package could not be built.")
        self.output = output


@dataclass(frozen=True)
class Wheelhouse:
    """A package's own wheel first, then those of its dependencies."""

    name: str
    version: str
    wheels: list[Path]


def build_wheelhouse(project: Path, folder: Path) -> Wheelhouse:
    """Build the project in a folder and gather what it needs in an empty one.

    Effects: asks the laptop's package index, as pip is configured. Raises: BuildFailed.
    """
    run_pip("wheel", "--no-deps", "--wheel-dir", str(folder), str(project.resolve()))
    (own,) = folder.glob("*.whl")
    name, version, needs = read_wheel(own)
    if needs:
        run_pip("wheel", "--wheel-dir", str(folder), *needs)
    others = sorted(path for path in folder.glob("*.whl") if path != own)
    return Wheelhouse(name, version, [own, *others])


def describe_wheelhouse(house: Wheelhouse, folder: Path) -> RecipePackage:
    """Return the description that a cluster will give of a package, and install it in a folder.

    Effects: runs the package's modules, in a process of their own. Raises: BuildFailed.
    """
    run_pip("install", "--no-index", "--no-deps", "--target", str(folder), *map(str, house.wheels))
    done = subprocess.run(
        [sys.executable, "-m", "annex.recipes.describe", house.name],
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise BuildFailed(done.stderr[-20_000:])
    return RecipePackage.model_validate_json(done.stdout)


def read_wheel(wheel: Path) -> tuple[str, str, list[str]]:
    """Return a wheel's name, version, and what it needs beside `annex`."""
    with zipfile.ZipFile(wheel) as archive:
        path = next(each for each in archive.namelist() if each.endswith(".dist-info/METADATA"))
        said = Parser().parsestr(archive.read(path).decode())
    needs = [need for need in said.get_all("Requires-Dist", []) if not _is_left_out(need)]
    return said["Name"], said["Version"], needs


def _is_left_out(need: str) -> bool:
    name = re.match(r"[A-Za-z0-9._-]+", need)
    return "extra ==" in need or (name is not None and name[0].lower() in PLATFORM_PACKAGES)


def run_pip(*arguments: str) -> None:
    """Run this Python's pip. Raises: BuildFailed."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise BuildFailed((done.stdout + done.stderr)[-20_000:])
