"""The link's role reads and writes the link's tables; everything else is denied by PostgreSQL."""

from __future__ import annotations

import psycopg
import pytest
from psycopg import errors, sql

OWN = frozenset(
    f"worker_link_{name}"
    for name in (
        "linkstate",
        "inbox",
        "outboxcounter",
        "outboxevent",
        "linklease",
        "linecut",
        "ledger",
        "ledgerreceipt",
    )
)
VERBS = ("SELECT * FROM {} LIMIT 1", "DELETE FROM {}", "INSERT INTO {} DEFAULT VALUES")


@pytest.fixture
def link(database_urls: dict[str, str]) -> psycopg.Connection:
    return psycopg.connect(database_urls["annex_link"], autocommit=True)


def tables(urls: dict[str, str]) -> set[str]:
    with psycopg.connect(urls["postgres"]) as connection:
        rows = connection.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
        )
        return {row[0] for row in rows}


def test_every_other_table_is_denied(
    link: psycopg.Connection, database_urls: dict[str, str]
) -> None:
    others = tables(database_urls) - OWN
    assert {"worker_store_example", "worker_store_answer", "worker_people_subject"} <= others
    with link:
        for table in sorted(others):
            for verb in VERBS:
                with pytest.raises(errors.InsufficientPrivilege):
                    link.execute(sql.SQL(verb).format(sql.Identifier(table)))


def test_its_own_tables_are_open_to_it(
    link: psycopg.Connection, database_urls: dict[str, str]
) -> None:
    assert tables(database_urls) >= OWN
    with link:
        for table in sorted(OWN):
            found = link.execute(
                sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))
            ).fetchone()
            assert found is not None


def test_it_cannot_rewrite_the_ledger_or_make_anything(link: psycopg.Connection) -> None:
    statements = (
        "UPDATE worker_link_ledger SET path = ''",
        "DELETE FROM worker_link_ledger",
        "TRUNCATE worker_link_ledger",
        "CREATE TABLE mine (a int)",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "SET ROLE annex_worker",
    )
    with link:
        for statement in statements:
            with pytest.raises(errors.InsufficientPrivilege):
                link.execute(statement)
