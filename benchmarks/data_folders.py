"""Every file of the annotated sets in and out again: `python -m benchmarks.data_folders`.

Prints a table: rows, what is left out and why, and whether the export as JSONL equals the file.
What a file says is worked out here from its JSON alone, not with the importer's code.
"""

from __future__ import annotations

import os
import sys
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from benchmarks.store_ground import REPOSITORY, make_ground, running_context, worker_database

if TYPE_CHECKING:
    from worker.store.models import ImportRun

Row = dict[str, Any]
NOT_TEXTS = ("patterns.jsonl", "spancat_patterns.jsonl")
TRUE_FROM = 0.5


def data_files(folder: Path, name: str = "*.jsonl") -> list[Path]:
    """Return the files of texts below a folder of sets."""
    return sorted(path for path in folder.rglob(name) if path.name not in NOT_TEXTS)


def expected_rows(rows: Iterable[Row]) -> tuple[list[Row], set[str]]:
    """Return what an export must hold of a file's rows, and the names of its labels.

    Of equal texts the first answered one counts; rows without an answer are not exported.
    """
    rows = list(rows)
    has_spans = any(row.get("spans") is not None for row in rows)
    kept: dict[str, Row] = {}
    for row in rows:
        understood = _understood(row, has_spans=has_spans)
        if understood is not None:
            kept.setdefault(row["text"], understood)
    labels = {label for row in kept.values() for label in _labels(row)}
    return list(kept.values()), labels


def comparable(row: Mapping[str, Any]) -> Row:
    """Return what of an exported row is compared."""
    spans, chosen = row.get("spans"), row.get("accept")
    return {
        "text": row["text"],
        "spans": None if spans is None else sorted(map(_edges, spans)),
        "relations": _relations(row),
        "chosen": None if chosen is None else sorted(chosen),
        "answer": row["answer"],
        "meta": row["meta"],
    }


def _understood(row: Row, *, has_spans: bool) -> Row | None:
    spans, chosen = row.get("spans"), _chosen(row, has_spans=has_spans)
    if spans is None and chosen is None and not row.get("answer"):
        return None
    marks = sorted({_edges(span) for span in spans or ()})
    return {
        "text": row["text"],
        "spans": marks if has_spans else None,
        "relations": _relations(row),
        "chosen": chosen,
        "answer": row.get("answer") or "accept",
        "meta": row.get("meta") or {},
    }


def _chosen(row: Row, *, has_spans: bool) -> list[str] | None:
    if "accept" in row:
        return sorted(set(row["accept"]))
    if "cats" in row:
        return sorted(name for name, truth in row["cats"].items() if truth >= TRUE_FROM)
    return [row["label"]] if "label" in row and not has_spans else None


def overlaps(spans: list[tuple[int, int, str]]) -> bool:
    """Whether two of some sorted (start, end, label) share a character."""
    return any(second[0] < first[1] for first, second in pairwise(spans))


def _edges(span: Mapping[str, Any]) -> tuple[int, int, str]:
    return span["start"], span["end"], span["label"]


def _relations(row: Mapping[str, Any]) -> list[tuple[Any, ...]] | None:
    relations = row.get("relations")
    if relations is None:
        return None
    ends = {(_edges(r["head_span"]), _edges(r["child_span"]), r["label"]) for r in relations}
    return sorted(ends)


def _labels(row: Row) -> Iterator[str]:
    yield from (label for _, _, label in row["spans"] or ())
    yield from (label for _, _, label in row["relations"] or ())
    yield from row["chosen"] or ()


def walk(folder: Path) -> int:
    """Print a line a file and return how many did not come back equal."""
    unequal = 0
    print(f"{'file':52}{'rows':>7}{'out':>7}{'left out':>10}  equal")
    with worker_database() as scratch:
        for path in data_files(folder):
            rows = [orjson.loads(line) for line in path.read_bytes().split(b"\n") if line.strip()]
            expected, labels = expected_rows(rows)
            found, run = in_and_out(path, labels, scratch)
            is_equal = [comparable(row) for row in found] == expected
            unequal += not is_equal
            name = str(path.relative_to(folder))
            print(f"{name:52}{len(rows):7}{len(found):7}{run.bad_rows:10}  {is_equal} {why(run)}")
    return unequal


def in_and_out(path: Path, labels: set[str], scratch: Path) -> tuple[list[Row], ImportRun]:
    """Import a file under the guessed plan, bad rows left out, and export it as JSONL."""
    from annex.contract.enums import JobRecipe
    from annex.contract.recipes import ExportArguments, ImportArguments

    from worker.jobs.errors import JobFailure
    from worker.projects.models import Label
    from worker.recipes import export, import_
    from worker.store.files import stored_files
    from worker.store.formats.detect import guess_plan
    from worker.store.models import Answer, Asset, ImportRun

    ground = make_ground()
    for place, name in enumerate(sorted(labels)):
        Label.objects.get_or_create(
            project_id=ground.project, name=name,
            defaults={"id": uuid.uuid4(), "colour": "#1f6f5c", "position": place},
        )  # fmt: skip
    key = f"uploads/{ground.asset}"
    with path.open("rb") as stream:
        stored_files().put(key, stream)
    with path.open("rb") as stream:
        plan = guess_plan(stream, path.name).model_dump(mode="json") | {"on_bad_rows": "skip"}
    plan["may_overlap"] = True
    Asset.objects.filter(id=ground.asset).update(state="ready", file_key=key, plan=plan)
    arguments = ImportArguments(asset=ground.asset, dataset=ground.dataset)
    with suppress(JobFailure):  # not one row is left
        import_.run(running_context(ground.project, JobRecipe.IMPORT, scratch), arguments)
    run = ImportRun.objects.get(asset_id=ground.asset)
    if not Answer.objects.filter(example__dataset_id=ground.dataset).exists():
        return [], run
    context = running_context(ground.project, JobRecipe.EXPORT, scratch)
    export.run(context, ExportArguments(dataset=ground.dataset))
    with stored_files().open(f"exports/{context.job}.jsonl") as stream:
        return [orjson.loads(line) for line in stream], run


def why(run: ImportRun) -> str:
    """Return the codes of what was left out."""
    return ", ".join(sorted(set(run.problems.values_list("code", flat=True))))


if __name__ == "__main__":
    shared = Path(os.environ.get("ANNEX_SHARED_DATA", REPOSITORY.parent / "shared" / "data"))
    if not shared.is_dir():
        sys.exit("This benchmark needs the annotated sets: set ANNEX_SHARED_DATA to their folder.")
    sys.exit(1 if walk(shared) else 0)
