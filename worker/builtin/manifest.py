"""Writes what the built-in recipes ask for: `python -m worker.builtin.manifest`.

The control plane knows them from that file; it cannot import the worker.
"""

from __future__ import annotations

import json

from annex.contract.builtin import FILE
from annex.contract.published import BUILT_IN
from annex.recipes.describe import describe_package


def manifest() -> str:
    """Return the file's content."""
    described = describe_package(BUILT_IN).model_dump(mode="json")
    return json.dumps(described, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FILE.write_text(manifest(), encoding="utf-8")
