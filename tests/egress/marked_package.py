"""Packages of recipes with the markers of a scene written into them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).parent
WRITTEN = {".py", ".toml", ".md"}
MARK = re.compile(r"(MARK|mark)_([a-z]+(?:_[a-z]+)*)")


def write_marked(name: str, folder: Path, markers: Mapping[str, str]) -> Path:
    """Copy a package of this folder; `MARK_place` becomes the place's marker, in all names too.

    `mark_place` becomes the marker in lower case, as an identifier must be.
    """
    source = HERE / name
    for path in sorted(
        path for path in source.rglob("*") if path.suffix in {".py", ".toml", ".md"}
    ):
        target = folder / marked(str(path.relative_to(source)), markers)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(marked(path.read_text(encoding="utf-8"), markers), encoding="utf-8")
    return folder


def marked(text: str, markers: Mapping[str, str]) -> str:
    """Return the text with its markers written in."""

    def marker(found: re.Match[str]) -> str:
        word = markers[found[2]]
        return word if found[1] == "MARK" else word.lower()

    return MARK.sub(marker, text)
