"""Jobs that do what a job must not do."""

from __future__ import annotations

import os
import time
from typing import Annotated

from annex.recipes import Dataset, Ge, Job, Text, job_recipe


@job_recipe("unruly.files")
def files(*, job: Job, words: Text, data: Dataset | None = None) -> None:
    """Leave two files, a folder, and links to what is not theirs."""
    (job.output / "words.txt").write_text(words, encoding="utf-8")
    deeper = job.output / "deeper"
    deeper.mkdir()
    (deeper / "rows.jsonl").write_bytes(data.path.read_bytes() if data else b"")
    (job.output / "passwd").symlink_to("/etc/passwd")
    (job.output / "elsewhere").symlink_to("/etc")
    os.mkfifo(job.output / "pipe")


@job_recipe("unruly.nothing")
def nothing(*, job: Job) -> None:
    """Leave nothing."""


@job_recipe("unruly.talk")
def talk(*, job: Job, lines: Annotated[int, Ge(1)]) -> None:
    """Say very much about how far it is."""
    for number in range(lines):
        job.progress(number * 7919 % 997, 997)


@job_recipe("unruly.break")
def fail(*, job: Job, words: Text) -> None:
    """Put text into an exception."""
    raise RuntimeError(f"This was in it: {words}")


@job_recipe("unruly.wait")
def wait(*, job: Job) -> None:
    """Never end."""
    time.sleep(3600)
