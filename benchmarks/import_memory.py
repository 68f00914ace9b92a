"""Memory of an import of a million rows: `python -m benchmarks.import_memory [rows]`.

The job runs as in production: `python -m worker jobs run`, whose child imports. What is measured is
the largest process of the two, beside the same for a tenth of the rows.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Any

from benchmarks.figures import Figure, finish
from benchmarks.store_ground import (
    REPOSITORY,
    Ground,
    give_file,
    lines_of,
    make_ground,
    real_rows,
    worker_database,
)

ROWS = 1_000_000
HIGH = 1.25


@dataclass(frozen=True)
class Measured:
    """One import: `seconds` with the start of both processes, `peak_mib` of the larger one."""

    rows: int
    seconds: float
    peak_mib: float


def measure(rows: int = ROWS) -> list[Figure]:
    """Return peak memory and rate of the large import beside those of the small one."""
    with worker_database():
        small, large = import_numbered(rows // 10), import_numbered(rows)
    against = f"{small.rows:,} rows"
    rate, small_rate = (each.rows / each.seconds for each in (large, small))
    what = f"import of {large.rows:,} rows with spans"
    return [
        Figure(f"{what}: peak memory", large.peak_mib, "MiB", small.peak_mib, against, high=HIGH),
        Figure(f"{what}: rate", rate, "rows/s", small_rate, against),
    ]


def import_numbered(count: int) -> Measured:
    """Import so many different rows as a job and wait for its end."""
    ground = make_ground()
    give_file(ground, lines_of(islice(numbered_rows(), count)))
    attempt = held_attempt(ground)
    begun = time.perf_counter()
    peak = peak_mib_of(["jobs", "run", str(attempt)])
    seconds = time.perf_counter() - begun
    refuse_fewer(ground, count)
    return Measured(count, seconds, peak)


def numbered_rows() -> Iterator[dict[str, Any]]:
    """Yield real rows over and over, each text with a number of its own behind it."""
    for number, row in enumerate(cycle(real_rows(20_000))):
        yield row | {"text": f"{row['text']} {number}"}


def held_attempt(ground: Ground) -> uuid.UUID:
    """Return an import's attempt that waits for its start."""
    from annex.contract.enums import JobRecipe, LeaseClass

    from worker.jobs.models import Attempt

    return Attempt.objects.create(
        job=uuid.uuid4(),
        epoch=1,
        project_id=ground.project,
        recipe=JobRecipe.IMPORT.value,
        arguments={"asset": str(ground.asset), "dataset": str(ground.dataset)},
        lease_class=LeaseClass.STRICT.value,
    ).id


def peak_mib_of(arguments: list[str]) -> float:
    """Run the worker's command; return the peak of the largest process it was made of."""
    process = subprocess.Popen([sys.executable, "-m", "worker", *arguments], cwd=REPOSITORY)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError("The import failed.")
    return usage.ru_maxrss / 1024


def refuse_fewer(ground: Ground, count: int) -> None:
    """Raise unless every row has become an example."""
    from worker.store.models import Example

    found = Example.objects.filter(dataset_id=ground.dataset).count()
    if found != count:
        raise RuntimeError(f"{found:,} of {count:,} rows were imported.")


if __name__ == "__main__":
    sys.exit(finish(measure(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)))
