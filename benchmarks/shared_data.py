"""Where the annotated data of others lies; none of it is in the repository."""

from __future__ import annotations

import os
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]


def shared_folder(name: str) -> Path:
    """Return one data set's folder. Ends the process with a message when it is not there."""
    shared = os.environ.get("ANNEX_SHARED_DATA", str(REPOSITORY.parent / "shared" / "data"))
    folder = Path(shared) / name
    if not folder.is_dir():
        print(f"This benchmark needs {name}: set ANNEX_SHARED_DATA to the folder of the shared")
        print("data sets and run it again.")
        sys.exit(2)
    return folder
