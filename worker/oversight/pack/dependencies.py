"""What is installed, with versions and licences, as the packages themselves say."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from worker.oversight.pack.table import table

LONGEST_LICENCE = 40
NAME = re.compile(r"^[A-Za-z0-9._-]+")


def dependencies_page(repository: Path) -> str:
    """Return direct and indirect dependencies of the installation, without those of development."""
    found = {dist.name.lower(): dist for dist in installed(_direct(repository))}
    rows = [(dist.name, dist.version, licence_of(dist)) for _, dist in sorted(found.items())]
    return f"""# Dependencies

{len(rows)} Python packages, the direct ones and theirs. The browser apps' are in
`frontend/package-lock.json`.

{table(("package", "version", "licence"), rows)}"""


def installed(names: list[str]) -> Iterator[Distribution]:
    """Yield the distributions of the names and of all that they require and that is installed."""
    waiting, seen = list(names), set[str]()
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if name in seen:
            continue
        seen.add(name)
        try:
            dist = distribution(name)
        except PackageNotFoundError:
            continue
        yield dist
        waiting += [_name(line) for line in dist.requires or [] if "extra ==" not in line]


def licence_of(dist: Distribution) -> str:
    """Return the licence as an expression where the package gives one, else in its own words."""
    if expression := _said(dist, "License-Expression"):
        return expression
    classified = [
        line.rpartition(" :: ")[2]
        for line in dist.metadata.get_all("Classifier") or []
        if line.startswith("License ::")
    ]
    return ", ".join(classified) or _said(dist, "License")[:LONGEST_LICENCE] or "not stated"


def _said(dist: Distribution, field: str) -> str:
    """Return the first line of a field that a package may leave out."""
    values = dist.metadata.get_all(field) or [""]
    return str(values[0]).strip().partition("\n")[0]


def _direct(repository: Path) -> list[str]:
    projects = (repository / "pyproject.toml", repository / "sdk" / "pyproject.toml")
    documents = [tomllib.loads(path.read_text(encoding="utf-8")) for path in projects]
    return [_name(line) for doc in documents for line in doc["project"]["dependencies"]]


def _name(requirement: str) -> str:
    found = NAME.match(requirement)
    return found.group() if found else requirement
