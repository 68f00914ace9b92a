"""Import rate against bare COPY, in the same run: `python -m benchmarks.import_rate [rows]`.

Bare COPY sends the finished columns of the same rows into the same table, with its indexes.
Ours reads the file, checks, hashes, deduplicates, splits and shows the rows.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from benchmarks.store_ground import make_ground, real_rows, running_context, worker_database

ROWS = 50_000
COLUMNS = "dataset_id, import_run_id, text, input_hash, fold_key, meta"
PLAN = {"format": "jsonl", "spans_column": "spans", "answer_column": "answer"}


def measure(count: int = ROWS) -> dict[str, float]:
    """Return rows per second of ours (plain, with spans) and of bare COPY, and the plain ratio."""
    spans = real_rows(count)
    plain = [{"text": row["text"]} for row in spans]
    with worker_database() as folder:
        ours = timed(lambda: import_rows(plain, folder)) / len(plain)
        annotated = timed(lambda: import_rows(spans, folder)) / len(spans)
        bare = bare_copy() / len(plain)
    return {
        "rows": len(plain),
        "plain_rows_per_second": 1 / ours,
        "span_rows_per_second": 1 / annotated,
        "copy_rows_per_second": 1 / bare,
        "ratio_to_copy": bare / ours,
    }


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that `work` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def import_rows(rows: list[dict[str, Any]], folder: Path) -> None:
    """Import the rows as a new project's file, through the recipe."""
    from annex.contract.enums import JobRecipe
    from annex.contract.recipes import ImportArguments

    from worker.recipes import import_
    from worker.store.files import stored_files
    from worker.store.models import Asset, Example
    from worker.store.plans import Plan

    ground = make_ground()
    body = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    stored_files().put(f"uploads/{ground.asset}", BytesIO(body.encode()))
    Asset.objects.filter(id=ground.asset).update(
        state="ready",
        file_key=f"uploads/{ground.asset}",
        plan=Plan.model_validate(PLAN).model_dump(mode="json"),
    )
    import_.run(
        running_context(ground.project, JobRecipe.IMPORT, folder),
        ImportArguments(asset=ground.asset, dataset=ground.dataset),
    )
    assert Example.objects.filter(dataset_id=ground.dataset).count() == len(rows)


def bare_copy() -> float:
    """Return the seconds of one COPY of the first import's rows into another dataset, committed."""
    from django.db import connection

    from worker.store.models import Example, ImportRun

    first = Example.objects.order_by("id").values_list("dataset_id", flat=True)[0]
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
    for name, value in measure(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS).items():
        print(f"{name:24} {value:12,.2f}")
