"""Statements that the server parses and plans once per connection, for the paths that are hot.

Django sends every statement as text with its values in it, so that each is parsed and planned anew.
For a write of four tables, planning takes longer than writing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import psycopg
from django.db import connection

Row = tuple[Any, ...]


def run_prepared(statement: str, values: Mapping[str, Any]) -> list[Row]:
    """Run a statement on Django's connection, in its transaction, and return the rows.

    Values are bound by the server: cast what it cannot infer. The statement must not vary.
    Raises: Django's database errors; execution wrappers see the statement like any other.
    """
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    raw: psycopg.Connection[Row] = connection.connection
    raw.prepare_threshold = 0  # Django's own cursors bind on our side and never prepare
    own: Any = psycopg.Cursor(raw)  # the stubs know Django's cursor classes only
    with connection.make_cursor(own) as cursor:
        cursor.execute(statement, values)
        rows: list[Row] = cursor.fetchall()
    return rows
