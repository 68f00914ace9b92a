"""The two databases and their roles, as production has them too.

Owners own the tables and migrate. The serving roles own nothing and cannot pass row-level
security. The link's role gets nothing here: the link's own migration grants it its few tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import psycopg
from psycopg import sql


@dataclass(frozen=True)
class Plane:
    """A plane's database with the role that owns it and those that use it."""

    name: str
    database: str
    owner: str
    served_by: str
    others: tuple[str, ...] = ()

    @property
    def roles(self) -> tuple[str, ...]:
        """All roles of the plane."""
        return (self.owner, self.served_by, *self.others)


CONTROLPLANE: Final = Plane("controlplane", "annex_controlplane", "annex_owner", "annex_app")
WORKER: Final = Plane(
    "worker", "annex_worker", "annex_worker_owner", "annex_worker", others=("annex_link",)
)
PLANES: Final = (CONTROLPLANE, WORKER)


def create_roles(superuser_url: str) -> None:
    """Create all roles that are missing; none of them is a superuser or passes row security."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        known = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
        for role in (role for plane in PLANES for role in plane.roles if role not in known):
            connection.execute(
                sql.SQL(
                    "CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE"
                ).format(sql.Identifier(role))
            )


def create_database(superuser_url: str, plane: Plane, name: str) -> bool:
    """Create an empty database for a plane with its default grants; False if it was there."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return False
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {}").format(
                sql.Identifier(name), sql.Identifier(plane.owner)
            )
        )
    return True


def grant_defaults(database_url: str, plane: Plane) -> None:
    """Let the serving role use whatever the owner creates from now on, and others connect."""
    owner, served_by = sql.Identifier(plane.owner), sql.Identifier(plane.served_by)
    users = sql.SQL(", ").join(sql.Identifier(role) for role in plane.roles[1:])
    statements: list[sql.Composed] = [
        sql.SQL("ALTER SCHEMA public OWNER TO {}").format(owner),
        sql.SQL("REVOKE ALL ON SCHEMA public FROM PUBLIC").format(),
        sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(users),
        sql.SQL(
            "ALTER DEFAULT PRIVILEGES FOR ROLE {} IN SCHEMA public"
            " GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {}"
        ).format(owner, served_by),
        sql.SQL(
            "ALTER DEFAULT PRIVILEGES FOR ROLE {} IN SCHEMA public"
            " GRANT USAGE, SELECT ON SEQUENCES TO {}"
        ).format(owner, served_by),
    ]
    with psycopg.connect(database_url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def provision(superuser_url: str, url_of_database: dict[str, str]) -> None:
    """Create the roles and both planes' databases.

    Args: url_of_database: the superuser's URL of each database, by plane name.
    """
    create_roles(superuser_url)
    for plane in PLANES:
        if create_database(superuser_url, plane, plane.database):
            grant_defaults(url_of_database[plane.name], plane)
