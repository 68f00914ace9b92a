"""The databases of a test run: migrated once as the owner, copied per process, emptied by flush."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import psycopg
from psycopg import sql

from common.embedded.addresses import Addresses
from common.embedded.roles import CONTROLPLANE, WORKER, Plane, create_database, grant_defaults
from common.testing.addresses import process_addresses

REPOSITORY: Final = Path(__file__).resolve().parents[2]
MIGRATE: Final = {
    CONTROLPLANE.name: ("manage.py", "migrate"),
    WORKER.name: ("-m", "worker", "django", "migrate"),
}
LOCK: Final = 0x616E6E6578
SEED: Final = "annex_seed"


def plane_of(settings_module: str) -> Plane:
    """Return the plane that a settings module belongs to."""
    return CONTROLPLANE if settings_module.startswith("controlplane.") else WORKER


def create_test_database(plane: Plane) -> None:
    """Create this process's database as a copy of the run's migrated template."""
    addresses = process_addresses()
    superuser = addresses.database_url("postgres", "postgres")
    template, name = f"{plane.database}_template", f"{plane.database}{addresses.suffix}"
    with psycopg.connect(superuser, autocommit=True) as connection:
        # One process migrates while the others of the run wait here.
        connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        if not exists(connection, template):
            make_template(addresses, plane, template)
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}").format(
                *map(sql.Identifier, (name, template, plane.owner))
            )
        )


def exists(connection: psycopg.Connection, database: str) -> bool:
    """Say whether a database of that name is there."""
    row = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
    return row.fetchone() is not None


def make_template(addresses: Addresses, plane: Plane, template: str) -> None:
    """Create, migrate and seed the template; it gets its name only once it is complete."""
    superuser = addresses.database_url("postgres", "postgres")
    building = f"{plane.database}_building"
    create_database(superuser, plane, building)
    grant_defaults(addresses.database_url("postgres", building), plane)
    migrate(plane, suffix="_building")
    keep_seed(addresses.database_url("postgres", building))
    with psycopg.connect(superuser, autocommit=True) as connection:
        connection.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                sql.Identifier(building), sql.Identifier(template)
            )
        )


def migrate(plane: Plane, *, suffix: str) -> None:
    """Run the plane's own migrate command, as its owner, the way an installation does."""
    done = subprocess.run(
        [sys.executable, *MIGRATE[plane.name], "--skip-checks", "--verbosity", "0"],
        cwd=REPOSITORY,
        env=os.environ
        | {
            "ANNEX_TEST_SUFFIX": suffix,
            # A test of one plane may want the other one's database too.
            "DJANGO_SETTINGS_MODULE": f"{plane.name}.settings.test",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"The migrations of the {plane.name} failed:\n{done.stderr[-4000:]}")


def tables_of(connection: psycopg.Connection, schema: str) -> list[str]:
    """Return the tables of a schema, without Django's list of migrations."""
    rows = connection.execute(
        "SELECT tablename FROM pg_tables"
        " WHERE schemaname = %s AND tablename <> 'django_migrations'",
        [schema],
    )
    return [row[0] for row in rows]


def keep_seed(database_url: str) -> None:
    """Copy the rows that migrations made, so that a flush can put them back."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(SEED)))
        for table in tables_of(connection, "public"):
            source, copy = sql.Identifier("public", table), sql.Identifier(SEED, table)
            found = connection.execute(sql.SQL("SELECT 1 FROM {} LIMIT 1").format(source))
            if found.fetchone():
                connection.execute(sql.SQL("CREATE TABLE {} AS TABLE {}").format(copy, source))


def empty_test_database(plane: Plane) -> None:
    """Bring this process's database back to what the migrations left.

    As the superuser with triggers off: neither the serving role nor, where rows are append-only,
    the owner may do this. A thread that still holds a transaction fails it after ten seconds.
    """
    addresses = process_addresses()
    url = addresses.database_url("postgres", f"{plane.database}{addresses.suffix}")
    with psycopg.connect(url) as connection:
        connection.execute("SET LOCAL lock_timeout = '10s'")
        connection.execute("SET LOCAL session_replication_role = replica")
        tables = [sql.Identifier("public", name) for name in tables_of(connection, "public")]
        connection.execute(sql.SQL("TRUNCATE {} CASCADE").format(sql.SQL(", ").join(tables)))
        for table in tables_of(connection, SEED):
            connection.execute(
                sql.SQL("INSERT INTO {} OVERRIDING SYSTEM VALUE SELECT * FROM {}").format(
                    sql.Identifier("public", table), sql.Identifier(SEED, table)
                )
            )
