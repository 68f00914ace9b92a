"""A recipe whose names come from what lies where it runs: a text's words, for instance."""

from __future__ import annotations

import os
from pathlib import Path

from annex.recipes import Job, job_recipe

FILE = Path(os.environ.get("HASTY_WORDS", "/no/such/file"))
WORDS = FILE.read_text(encoding="utf-8").split() if FILE.is_file() else ["none"]


@job_recipe("hasty.count", metrics=WORDS)
def count(*, job: Job) -> None:
    """Count words."""
