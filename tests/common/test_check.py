"""`make check` leaves no Python of ours untyped."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path, PurePath

REPOSITORY = Path(__file__).resolve().parents[2]
TYPED = re.compile(r"^DJANGO_SETTINGS_MODULE=(\w+)\.\S+ \S+ -m mypy --cache-dir \S+ (.+)$", re.M)


def lines_of(*command: str) -> str:
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True)
    return done.stdout


def typed() -> dict[str, list[str]]:
    """Return what is handed to mypy under the settings of each plane."""
    found = TYPED.findall(lines_of("make", "--dry-run", "check"))
    return {plane: paths.split() for plane, paths in found}


def test_each_plane_has_its_run() -> None:
    runs = typed()
    assert set(runs) == {"controlplane", "worker"}
    assert not set(runs["controlplane"]) & set(runs["worker"])


def test_every_source_is_typed() -> None:
    """Migrations are Django's own writing, and mypy is told to skip them."""
    roots = [path for paths in typed().values() for path in paths]
    listed = map(PurePath, lines_of("git", "ls-files", "*.py").splitlines())
    ours = [path for path in listed if "migrations" not in path.parts and holds_code(path)]
    assert len(ours) > 300
    untyped = [path for path in ours if not any(path.is_relative_to(root) for root in roots)]
    assert untyped == []


def holds_code(path: PurePath) -> bool:
    source = REPOSITORY / path
    return source.exists() and source.stat().st_size > 0
