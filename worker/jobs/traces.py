"""Tracebacks as people read them: where in the code, not where on this machine's disk."""

from __future__ import annotations

import re
import sysconfig
from functools import cache
from pathlib import Path

INSTALLATION = Path(__file__).parents[2]
FRAME = re.compile(r'^(?P<before>[ |]*File ")(?P<path>[^"\n]+)(?=", line \d)', re.MULTILINE)


def shorten_paths(report: str) -> str:
    """Write each frame's file as its module would be looked up, such as `spacy/language.py`.

    Args:     report: a traceback, or output that holds one.
    Returns:  the report; a file outside the known folders keeps its whole path.
    """
    return FRAME.sub(lambda frame: frame["before"] + short_path(frame["path"]), report)


def short_path(path: str) -> str:
    """Return the path relative to the innermost of our known folders."""
    for folder in known_folders():
        if path.startswith(folder):
            return path.removeprefix(folder)
    return path


@cache
def known_folders() -> tuple[str, ...]:
    """Return where code lies, innermost first: site-packages may lie inside the installation."""
    library = (sysconfig.get_path(name) for name in ("purelib", "platlib", "stdlib"))
    folders = {f"{folder.rstrip('/')}/" for folder in (str(INSTALLATION), *library)}
    return tuple(sorted(folders, key=len, reverse=True))
