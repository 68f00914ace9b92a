"""Migration operations that put the wall of row-level security around a tenant's table."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from django.db.migrations.operations import RunSQL

LOOKUPS = Path(__file__).parent / "sql" / "lookups.sql"

APP_ROLE = "annex_app"
OWNER_ROLE = "annex_owner"
ALL_GRANTS = "SELECT, INSERT, UPDATE, DELETE"


class TenantTable(RunSQL):
    """Fence a table: policies for both roles, and foreign keys that cannot cross organizations.

    Args:
        table: the table's name, for example `projects_label`.
        references: column -> table of every foreign key to another tenant's table.
        tenant_column: the column that holds the organization's id.
        grants: what the application role may do at all; an audit log grants no UPDATE.
    """

    def __init__(
        self,
        table: str,
        references: Mapping[str, str] | None = None,
        *,
        tenant_column: str = "organization_id",
        grants: str = ALL_GRANTS,
    ) -> None:
        self.table = table
        self.references = dict(references or {})
        super().__init__(
            sql=(
                *_policies(table, tenant_column, grants),
                *_tenant_keys(table, tenant_column),
                *(_composite_key(table, *pair) for pair in self.references.items()),
            ),
            reverse_sql=tuple(_unfence(table, tenant_column, self.references)),
        )

    def describe(self) -> str:
        """Say what the operation does."""
        return f"Fence {self.table} by organization"


class TenantReference(RunSQL):
    """Keep a foreign key that was added to a tenant's table from crossing organizations."""

    def __init__(self, table: str, column: str, target: str) -> None:
        super().__init__(
            sql=_composite_key(table, column, target),
            reverse_sql=f'ALTER TABLE "{table}" DROP CONSTRAINT "{table}_{column}_tenant_fk"',
        )


class SharedTable(RunSQL):
    """Grant the application role a table that no organization owns."""

    def __init__(self, table: str, *, grants: str = ALL_GRANTS) -> None:
        super().__init__(sql=tuple(_grants(table, grants)), reverse_sql=RunSQL.noop)


class InstallLookups(RunSQL):
    """Install `sql/lookups.sql` as it is now; run again by the migration that adds a look-up.

    Bodies are not checked while installing, because the file may name tables of later migrations.
    """

    def __init__(self) -> None:
        super().__init__(
            sql="SET LOCAL check_function_bodies = off;\n" + LOOKUPS.read_text(encoding="utf-8"),
            reverse_sql=RunSQL.noop,
        )


def _grants(table: str, grants: str) -> list[str]:
    return [
        f'REVOKE ALL ON "{table}" FROM {APP_ROLE}',
        f'GRANT {grants} ON "{table}" TO {APP_ROLE}',
    ]


def _policies(table: str, column: str, grants: str) -> list[str]:
    # `current_setting(..., true)` is null or '' without a tenant; both compare to nothing.
    active = "NULLIF(current_setting('annex.organization', true), '')::uuid"
    return [
        *_grants(table, grants),
        f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
        f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
        f'CREATE POLICY tenant_isolation ON "{table}" FOR ALL TO {APP_ROLE} '
        f'USING ("{column}" = {active}) WITH CHECK ("{column}" = {active})',
        f'CREATE POLICY owner_migrates ON "{table}" FOR ALL TO {OWNER_ROLE} '
        "USING (true) WITH CHECK (true)",
    ]


def _tenant_keys(table: str, column: str) -> list[str]:
    if column == "id":
        return []
    return [f'ALTER TABLE "{table}" ADD CONSTRAINT "{table}_tenant_key" UNIQUE ("{column}", id)']


def _composite_key(table: str, column: str, target: str) -> str:
    return (
        f'ALTER TABLE "{table}" ADD CONSTRAINT "{table}_{column}_tenant_fk" '
        f'FOREIGN KEY (organization_id, "{column}") REFERENCES "{target}" (organization_id, id) '
        "DEFERRABLE INITIALLY DEFERRED"
    )


def _unfence(table: str, column: str, references: Mapping[str, str]) -> list[str]:
    keys = [] if column == "id" else [f"{table}_tenant_key"]
    constraints = [f"{table}_{name}_tenant_fk" for name in references] + keys
    return [
        *(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"' for name in constraints),
        f'DROP POLICY owner_migrates ON "{table}"',
        f'DROP POLICY tenant_isolation ON "{table}"',
        f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY',
        f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY',
    ]
