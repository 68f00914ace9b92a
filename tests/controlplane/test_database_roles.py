"""The control plane's tests run as the role that production serves requests with."""

from __future__ import annotations

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction

from controlplane.accounts.models import User


@pytest.mark.django_db
def test_tests_connect_as_a_role_without_powers() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == ("annex_app", False, False)


@pytest.mark.django_db
def test_the_serving_role_owns_nothing_and_makes_no_tables() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE tableowner = 'annex_app'")
        assert cursor.fetchone() == (0,)
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            cursor.execute("CREATE TABLE stray (id int)")


def test_the_owner_owns_every_table(database_urls: dict[str, str]) -> None:
    with psycopg.connect(database_urls["annex_owner"]) as owner:
        rows = owner.execute(
            "SELECT tablename, tableowner FROM pg_tables WHERE schemaname = 'public'"
        ).fetchall()
    assert rows
    assert {owner for _, owner in rows} == {"annex_owner"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "again"])
def test_a_committed_row_is_gone_after_the_test(time: str) -> None:
    assert not User.objects.exists()
    User.objects.create_user(email="ada@example.org", name="Ada")
    assert User.objects.count() == 1
