"""The worker's tests run as the role that production serves annotators with."""

from __future__ import annotations

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction


@pytest.mark.django_db
def test_tests_connect_as_a_role_without_powers() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == ("annex_worker", False, False)


@pytest.mark.django_db
def test_the_serving_role_owns_nothing_and_makes_no_tables() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE tableowner = 'annex_worker'")
        assert cursor.fetchone() == (0,)
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            cursor.execute("CREATE TABLE stray (id int)")


def test_the_owner_owns_every_table(database_urls: dict[str, str]) -> None:
    with psycopg.connect(database_urls["annex_worker_owner"]) as owner:
        rows = owner.execute(
            "SELECT tablename, tableowner FROM pg_tables WHERE schemaname = 'public'"
        ).fetchall()
    assert rows
    assert {owner for _, owner in rows} == {"annex_worker_owner"}
