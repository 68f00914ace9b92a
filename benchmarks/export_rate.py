"""Export of 10,000 answers against writing the same bare lines: `python -m benchmarks.export_rate`.

The bare loop reads the same joined rows with one query and writes one JSON object a line.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from benchmarks.figures import Figure, finish
from benchmarks.import_rate import import_rows, timed
from benchmarks.store_ground import real_rows, running_context, worker_database

if TYPE_CHECKING:
    from worker.store.models import Dataset

ROWS = 10_000
HIGH_SECONDS = 0.3
BARE = """
SELECT example.text, answer.spans, answer.verdict, example.meta, answer.annotator
FROM worker_store_answer answer JOIN worker_store_example example ON example.id = answer.example_id
WHERE example.dataset_id = %s ORDER BY answer.example_id
"""


def measure(count: int = ROWS) -> list[Figure]:
    """Return the seconds of a JSONL and a .spacy export beside the bare loop's."""
    with worker_database() as folder:
        import_rows(real_rows(count), folder)
        from worker.store.models import Dataset

        dataset = Dataset.objects.get(role="training")
        jsonl = export_seconds(dataset, "jsonl", folder)
        spacy = export_seconds(dataset, "spacy", folder)
        bare = bare_loop(dataset, folder)
    return [
        Figure(f"export of {count:,} as JSONL", jsonl, "s", bare, "bare loop"),
        Figure(f"export of {count:,} as JSONL", jsonl, "s", high=HIGH_SECONDS),
        Figure(f"export of {count:,} as .spacy", spacy, "s", bare, "bare loop"),
        Figure(f"export of {count:,} as .spacy", spacy, "s", high=HIGH_SECONDS, goal=True),
    ]


def export_seconds(dataset: Dataset, export_format: str, folder: Path) -> float:
    """Return the seconds of one export through the recipe."""
    from annex.contract.enums import ExportFormat, JobRecipe
    from annex.contract.recipes import ExportArguments

    from worker.recipes import export

    context = running_context(dataset.project_id, JobRecipe.EXPORT, folder)
    arguments = ExportArguments(dataset=dataset.id, format=ExportFormat(export_format))
    return timed(lambda: export.run(context, arguments))


def bare_loop(dataset: Dataset, folder: Path) -> float:
    """Return the seconds of reading and writing the same rows with nothing in between."""
    from django.db import connection

    start = time.perf_counter()
    with connection.cursor() as cursor, (folder / "bare.jsonl").open("wb") as stream:
        cursor.execute(BARE, [dataset.id])
        for row in cursor.fetchall():
            stream.write(orjson.dumps(list(map(str, row)), option=orjson.OPT_APPEND_NEWLINE))
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(finish(measure(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)))
