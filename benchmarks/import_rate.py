"""Import rate against bare COPY, in the same run: `python -m benchmarks.import_rate [rows]`.

Bare COPY sends the finished columns of the same rows into the same table, with its indexes.
Ours reads the file, checks, hashes, deduplicates, splits and shows the rows.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, finish
from benchmarks.store_ground import (
    give_file,
    lines_of,
    make_ground,
    real_rows,
    running_context,
    worker_database,
)

ROWS = 50_000
COLUMNS = "dataset_id, import_run_id, text, input_hash, fold_key, meta"
PEER = 7300
"""Rows a second of another tool's import, measured elsewhere."""


def measure(count: int = ROWS) -> list[Figure]:
    """Return the rates of ours, plain and with spans, beside bare COPY of the same rows."""
    spans = real_rows(count)
    plain = [{"text": row["text"]} for row in spans]
    gc.freeze()  # a job's own process would not hold these rows, nor look through them
    with worker_database() as folder:
        import_rows(spans[:2000], folder)  # the first import of a process loads what it needs
        ours = len(plain) / import_rows(plain, folder)
        annotated = len(spans) / import_rows(spans, folder)
        bare = len(plain) / bare_copy(len(plain))
    rows = f"import of {len(plain):,}"
    return [
        Figure(f"{rows} plain rows", ours, "rows/s", bare, "bare COPY", low=0.4),
        Figure(f"{rows} rows with spans", annotated, "rows/s", bare, "bare COPY"),
        Figure(f"{rows} rows with spans", annotated, "rows/s", low=20_000, goal=True),
        Figure(f"{rows} plain rows", ours, "rows/s", PEER, "a peer"),
    ]


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that `work` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def import_rows(rows: list[dict[str, Any]], folder: Path) -> float:
    """Import the rows as a new project's file, through the recipe; return the seconds it took."""
    from annex.contract.enums import JobRecipe
    from annex.contract.recipes import ImportArguments

    from worker.recipes import import_
    from worker.store.models import Example

    ground = make_ground()
    give_file(ground, lines_of(rows))
    context = running_context(ground.project, JobRecipe.IMPORT, folder)
    arguments = ImportArguments(asset=ground.asset, dataset=ground.dataset)
    seconds = timed(lambda: import_.run(context, arguments))
    assert Example.objects.filter(dataset_id=ground.dataset).count() == len(rows)
    return seconds


def bare_copy(count: int) -> float:
    """Return the seconds of one COPY of an import's rows into another dataset, committed."""
    from django.db import connection
    from django.db.models import Count

    from worker.store.models import Example, ImportRun

    sizes = Example.objects.values("dataset_id").annotate(rows=Count("id")).filter(rows=count)
    first = sizes.values_list("dataset_id", flat=True)[0]
    ground = make_ground()
    run = ImportRun.objects.create(asset_id=ground.asset, job=ground.project)
    rows = [
        (ground.dataset, run.id, *row[:-1], json.dumps(row[-1]))
        for row in Example.objects.filter(dataset_id=first).values_list(*COLUMNS.split(", ")[2:])
    ]
    start = time.perf_counter()
    statement = f"COPY worker_store_example ({COLUMNS}) FROM STDIN"
    with connection.cursor() as cursor, cursor.cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(finish(measure(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)))
