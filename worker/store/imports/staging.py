"""Rows on their way in: a temporary table that the server drops when this process dies."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

import orjson
from django.db import InterfaceError, OperationalError, connection

from worker.store.imports.checks import CheckedRow

CREATE = """
CREATE TEMPORARY TABLE import_stage (
    line bigint, text text, input_hash bytea, fold_key bigint, meta jsonb, verdict text,
    spans jsonb, choices uuid[], relations jsonb,
    held boolean NOT NULL DEFAULT false
) ON COMMIT PRESERVE ROWS
"""
COPY = """
COPY import_stage (line, text, input_hash, fold_key, meta, verdict, spans, choices, relations)
FROM STDIN
"""

StagedRow = tuple[int, str, bytes, int, str, str | None, str | None, str | None, str | None]


class Staging:
    """A context in which checked rows can be staged; it leaves nothing, however it ends."""

    def __enter__(self) -> Staging:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS import_stage")
            cursor.execute(CREATE)
        return self

    def __exit__(self, *raised: object) -> None:
        # A lost connection has taken the table with it; its own error is the one to show.
        with suppress(OperationalError, InterfaceError), connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS import_stage")

    def copy(self, rows: Iterable[CheckedRow]) -> int:
        """Add one chunk with COPY and return how many rows it had."""
        return copy_rows(COPY, map(staged, rows))


def copy_rows(statement: str, rows: Iterable[tuple[object, ...]]) -> int:
    """Send rows through COPY on Django's connection; return how many there were."""
    with connection.cursor() as cursor:
        with cursor.cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
        return int(cursor.rowcount)


def staged(checked: CheckedRow) -> StagedRow:
    """Return a row as the staging table has it."""
    row = checked.row
    return (
        row.line,
        row.text,
        checked.input_hash,
        checked.fold_key,
        checked.meta,
        row.verdict.value if row.verdict else None,
        None if checked.spans is None else orjson.dumps(checked.spans).decode(),
        None if checked.choices is None else "{" + ",".join(checked.choices) + "}",
        None if checked.relations is None else orjson.dumps(checked.relations).decode(),
    )
