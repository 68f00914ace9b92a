"""Packages of recipes that a test can import without installing them."""

from __future__ import annotations

import os
import textwrap
from pathlib import Path


def write_installed(folder: Path, name: str, source: str) -> Path:
    """Write a module of recipes with the metadata of an installed distribution; return the folder.

    The folder is put on the path of this process's children.
    """
    module = name.replace("-", "_")
    folder.mkdir(exist_ok=True)
    (folder / f"{module}.py").write_text(textwrap.dedent(source))
    about = folder / f"{module}-0.1.0.dist-info"
    about.mkdir(exist_ok=True)
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 0.1.0\n")
    (about / "entry_points.txt").write_text(f"[annex.recipes]\nrecipes = {module}\n")
    paths = [str(folder), *filter(None, [os.environ.get("PYTHONPATH")])]
    os.environ["PYTHONPATH"] = os.pathsep.join(paths)
    return folder
