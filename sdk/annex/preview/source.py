"""A package as it lies in a folder, made importable for the recipe's process without installing it.

What an installation would leave beside the code, name, version and entry points, is written to a
temporary folder that stands on the process's path before everything that is installed.
"""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from annex.preview.faults import Fault, Faulty
from annex.recipes.describe import GROUP
from annex.recipes.local import LocalProcess

SAMPLE = "sample.jsonl"


class Source:
    """The folder of a package; a context manager that takes its temporary files away."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.about = self.folder / "pyproject.toml"
        self._scratch = TemporaryDirectory(prefix="annex-preview-")

    def close(self) -> None:
        """Take the temporary files away."""
        self._scratch.cleanup()

    def read(self) -> str:
        """Return the package's name. Effects: a process started from now on can import it.

        Raises: Faulty.
        """
        project = self._read_project()
        name = str(project["name"])
        about = Path(self._scratch.name) / f"{name.replace('-', '_')}-0.dist-info"
        about.mkdir(exist_ok=True)
        version = project.get("version", "0.0.0")
        (about / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        )
        (about / "entry_points.txt").write_text(_entry_points(project))
        return name

    def process(self, name: str) -> LocalProcess:
        """Start the process of the package that `read` named; its folder is where it works."""
        return LocalProcess(name, self.folder, self._environment())

    @property
    def sample(self) -> Path | None:
        """The file that comes with the package to try it on."""
        path = self.folder / SAMPLE
        return path if path.is_file() else None

    def _environment(self) -> dict[str, str]:
        given = [path for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path]
        paths = [self._scratch.name, str(self.folder / "src"), str(self.folder), *given]
        # Compiled files are told apart by the second: of two saves within one, the first would run.
        return {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(paths),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONUNBUFFERED": "1",
            # The working folder comes last, so that what an installation left in it is not found.
            "PYTHONSAFEPATH": "1",
        }

    def _read_project(self) -> dict[str, Any]:
        try:
            project = tomllib.loads(self.about.read_text(encoding="utf-8")).get("project", {})
        except FileNotFoundError:
            hint = "`annex recipes init` writes a package to begin with."
            raise self._fault(f"{self.folder} has no pyproject.toml. {hint}") from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise self._fault(str(error), _line_in(str(error))) from None
        if not isinstance(project, dict) or not isinstance(project.get("name"), str):
            raise self._fault("There is no `name` under [project].")
        return project

    def _fault(self, message: str, line: int = 0) -> Faulty:
        return Faulty(Fault(message, str(self.about), line))


def _line_in(message: str) -> int:
    found = re.search(r"at line (\d+)", message)
    return int(found[1]) if found else 0


def _entry_points(project: dict[str, Any]) -> str:
    points = project.get("entry-points", {}).get(GROUP, {})
    return "\n".join([f"[{GROUP}]", *(f"{name} = {where}" for name, where in points.items()), ""])
