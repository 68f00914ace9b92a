"""The process that runs a built-in recipe: `python -I worker/builtin/process.py annex IN OUT`.

As `annex.recipes.process`, in the worker's own environment, which has what these recipes need.
"""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> None:
    """Serve one built-in recipe."""
    # An isolated interpreter does not look where it was started.
    sys.path.append(str(Path(__file__).resolve().parents[2]))
    from annex.recipes.process import main as serve

    serve()


if __name__ == "__main__":
    main()
