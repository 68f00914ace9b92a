"""Everything of the two planes that must not hold a word of the customer's, as bytes to search."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg
import redis
from psycopg import sql

Haystack = tuple[str, bytes]

TABLES = """
SELECT table_schema, table_name FROM information_schema.tables
WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')
ORDER BY 1, 2
"""
COLUMNS = """
SELECT column_name, data_type FROM information_schema.columns
WHERE table_schema = %s AND table_name = %s ORDER BY ordinal_position
"""


def tables_of(url: str) -> Iterator[Haystack]:
    """Yield each column of each table, whole; `url` is a superuser's, so that no row hides."""
    with psycopg.connect(url) as connection:
        for schema, table in connection.execute(TABLES).fetchall():
            columns = connection.execute(COLUMNS, (schema, table)).fetchall()
            for column, kind in columns:
                yield (
                    f"{schema}.{table}.{column}",
                    column_bytes(connection, sql.Identifier(schema, table), column, kind),
                )


def column_bytes(
    connection: psycopg.Connection[Any], table: sql.Identifier, column: str, kind: str
) -> bytes:
    """Return a column's values: bytes as they are, all else as PostgreSQL writes it."""
    cast = sql.SQL("" if kind == "bytea" else "::text")
    query = sql.SQL("SELECT {}{} FROM {}").format(sql.Identifier(column), cast, table)
    values = (value for (value,) in connection.execute(query) if value is not None)
    return b"\n".join(v.encode() if isinstance(v, str) else bytes(v) for v in values)


def files_below(folder: Path) -> Iterator[Haystack]:
    """Yield each file with its name."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            name = str(path.relative_to(folder))
            yield name, name.encode() + b"\n" + path.read_bytes()


class RedisWatch:
    """Keep every command that reaches a Redis: messages of a broker are gone a moment later."""

    def __init__(self, plane: str, url: str) -> None:
        self.plane = plane
        self.client = redis.Redis.from_url(url)
        self.commands: list[bytes] = []
        self._monitor = self.client.monitor()  # type: ignore[no-untyped-call]  # redis types no monitor

    def __enter__(self) -> Self:
        self._monitor.__enter__()
        threading.Thread(target=self._listen, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        raised: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._monitor.connection.disconnect()

    def haystacks(self) -> Iterator[Haystack]:
        """Yield all commands so far, and everything that is stored now."""
        yield f"redis of {self.plane}: commands", b"\n".join(list(self.commands))
        yield f"redis of {self.plane}: keys", b"\n".join(self.stored())

    def stored(self) -> Iterator[bytes]:
        """Yield each key with its value."""
        for key in self.client.scan_iter():
            yield bytes(key)
            yield from values_of(self.client, key)

    def _listen(self) -> None:
        with contextlib.suppress(redis.RedisError, OSError, ValueError):
            for command in self._monitor.listen():
                self.commands.append(command["command"].encode())


def values_of(client: Any, key: bytes) -> list[bytes]:
    """Return what is stored under a key, whatever its type."""
    kind = client.type(key).decode()
    if kind == "string":
        return [client.get(key) or b""]
    if kind == "list":
        return list(client.lrange(key, 0, -1))
    if kind == "set":
        return list(client.smembers(key))
    if kind == "zset":
        return list(client.zrange(key, 0, -1))
    if kind == "hash":
        return [part for pair in client.hgetall(key).items() for part in pair]
    return [client.dump(key) or b""]
