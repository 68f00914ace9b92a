"""Reading, checking and staging a file, chunk by chunk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from worker.store.formats.rows import Row, RowProblem, RowRefused
from worker.store.imports.checks import CheckedRow, RowChecks
from worker.store.imports.runs import Problems
from worker.store.imports.staging import Staging

CHUNK_ROWS = 5000


def stage_rows(
    rows: Iterable[Row | RowProblem],
    checks: RowChecks,
    problems: Problems,
    *,
    staging: Staging,
    keep_going: bool,
    on_chunk: Callable[[int], None],
) -> int:
    """Stage the good rows and collect the bad ones.

    Args:     keep_going: stage on after a bad row; else the rest is read for its problems only.
              on_chunk: told the number of rows read, good and bad, once a chunk; may raise to stop.
    Returns:  how many rows were good.
    """
    good, seen = 0, 0
    for chunk in _chunks(rows):
        # Checked while they are copied, so that the server works at the same time.
        checked = (row for item in chunk if (row := _checked(item, checks, problems)))
        is_wanted = keep_going or problems.total == 0
        good += staging.copy(checked) if is_wanted else sum(1 for _ in checked)
        seen += len(chunk)
        on_chunk(seen)
    return good


def _checked(item: Row | RowProblem, checks: RowChecks, problems: Problems) -> CheckedRow | None:
    if isinstance(item, RowProblem):
        problems.add(item)
        return None
    try:
        return checks.check(item)
    except RowRefused as refused:
        problems.add(RowProblem(item.line, refused.code, refused.message))
        return None


def _chunks(rows: Iterable[Row | RowProblem]) -> Iterator[list[Row | RowProblem]]:
    chunk: list[Row | RowProblem] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) >= CHUNK_ROWS:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
