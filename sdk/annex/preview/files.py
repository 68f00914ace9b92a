"""Finds the annotation app's built files."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

PACKAGED = Path(str(files("annex.preview"))) / "static" / "annotate"
CHECKOUT = Path(__file__).resolve().parents[3] / "frontend" / "annotate" / "dist"


class NotBuilt(Exception):
    """The annotation app is not in this installation."""


def find_annotation_app(places: tuple[Path, ...] = (PACKAGED, CHECKOUT)) -> Path:
    """Return the folder of the built app: what the wheel brought, or a checkout built.

    Raises: NotBuilt.
    """
    for place in places:
        if (place / "index.html").is_file():
            return place
    raise NotBuilt(
        "The annotation screen is not in this installation: it was not built when the package was "
        "made. In a checkout of Annex, run `make build` first."
    )
