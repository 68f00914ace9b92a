"""A look into a file under a plan, before anything is imported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

import orjson

from worker.store.formats.readers import understand
from worker.store.formats.rows import Record, Row, RowProblem, RowRefused
from worker.store.imports.checks import RowChecks
from worker.store.plans import Plan
from worker.store.sources import Source

SHOWN_ROWS = 20
SHOWN_PROBLEMS = 50
SCANNED_ROWS = 20_000
"""Labels and problems are looked for in this many rows; the import looks at all."""
SHOWN_CODEPOINTS = 2000


@dataclass(frozen=True)
class PreviewRow:
    """One record as it stands and as the plan understands it; `problem` is a code, or None."""

    line: int
    cells: dict[str, str]
    row: Row | None
    problem: str | None
    file: str = ""

    @property
    def shown_text(self) -> str | None:
        """The text as far as the page shows it."""
        return None if self.row is None else _shown(self.row.text)


@dataclass
class Preview:
    """What was found. `total_rows` is None when the file is longer than what was scanned."""

    columns: list[str] = field(default_factory=list)
    rows: list[PreviewRow] = field(default_factory=list)
    labels: Counter[str] = field(default_factory=Counter)
    problems: list[RowProblem] = field(default_factory=list)
    problem_codes: Counter[str] = field(default_factory=Counter)
    scanned: int = 0
    total_rows: int | None = None


def preview_source(source: Source, plan: Plan, labels: Mapping[str, UUID]) -> Preview:
    """Read the first rows of the source's files under the plan.

    Raises: UnicodeError when the file is not in the plan's encoding at all.
    """
    preview, checks = Preview(), RowChecks(labels, plan.may_overlap)
    records = source.records(plan)
    for record in _limited(records, preview):
        _look_at(record, plan, checks, preview)
    _locate(preview, source)
    return preview


def _limited(records: Iterator[Record | RowProblem], preview: Preview) -> Iterator[Any]:
    for record in records:
        if preview.scanned >= SCANNED_ROWS:
            return
        preview.scanned += 1
        yield record
    preview.total_rows = preview.scanned


def _look_at(record: Record | RowProblem, plan: Plan, checks: RowChecks, preview: Preview) -> None:
    understood = record if isinstance(record, RowProblem) else understand(record, plan)
    row = understood if isinstance(understood, Row) else None
    if row is not None:
        preview.labels.update(span.label for span in row.spans or ())
        preview.labels.update(row.choices or ())
        preview.labels.update(relation.label for relation in row.relations or ())
    problem = _problem_of(understood, checks)
    if problem is not None:
        preview.problem_codes[problem.code] += 1
        if len(preview.problems) < SHOWN_PROBLEMS:
            preview.problems.append(problem)
    if len(preview.rows) < SHOWN_ROWS:
        _show(record, row, problem, preview)


def _locate(preview: Preview, source: Source) -> None:
    """Write each row's and problem's file and line in place of its position in the source."""
    for place, row in enumerate(preview.rows):
        file, line = source.locate(row.line)
        preview.rows[place] = replace(row, file=file, line=line)
    for place, problem in enumerate(preview.problems):
        file, line = source.locate(problem.line)
        preview.problems[place] = replace(problem, file=file, line=line)


def _problem_of(understood: Row | RowProblem, checks: RowChecks) -> RowProblem | None:
    if isinstance(understood, RowProblem):
        return understood
    try:
        checks.check(understood)
    except RowRefused as refused:
        return RowProblem(understood.line, refused.code, refused.message)
    return None


def _show(
    record: Record | RowProblem, row: Row | None, problem: RowProblem | None, preview: Preview
) -> None:
    fields = {} if isinstance(record, RowProblem) else record.fields
    preview.columns += [name for name in fields if name not in preview.columns]
    cells = {name: _shown(value) for name, value in fields.items()}
    code = problem.code if problem else None
    preview.rows.append(PreviewRow(record.line, cells, row, code))


def _shown(value: Any) -> str:
    text = "" if value is None else value if isinstance(value, str) else repr_json(value)
    # Lone surrogates stand for bytes that could not be decoded; JSON cannot carry them.
    return text[:SHOWN_CODEPOINTS].encode("utf-8", "replace").decode()


def repr_json(value: Any) -> str:
    """Return a cell that is not text as JSON; what is nested too deeply is not shown."""
    try:
        return orjson.dumps(value, default=str).decode()
    except orjson.JSONEncodeError:
        return "…"
