"""Every model of ours has a tenant and a wall around its table, or says why not."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection, models

from controlplane.accounts.models import Organization
from controlplane.lib.errors import TenantMissing
from controlplane.lib.tenancy import TenantModel, tenant
from tests.controlplane.cast import Cast

OURS = [model for model in apps.get_models() if model.__module__.startswith("controlplane.")]
TENANTS = [model for model in OURS if issubclass(model, TenantModel)]
FENCED: list[type[models.Model]] = [*TENANTS, Organization]


def name_of(model: type[models.Model]) -> str:
    return model._meta.label


@pytest.mark.parametrize("model", OURS, ids=name_of)
def test_every_model_has_a_tenant_or_says_why_not(model: type[models.Model]) -> None:
    reason = getattr(model, "shared_because", "")
    assert issubclass(model, TenantModel) != bool(reason), "exactly one of the two"


@pytest.mark.parametrize("model", FENCED, ids=name_of)
def test_its_manager_raises_without_a_tenant(db: None, model: type[models.Model]) -> None:
    with pytest.raises(TenantMissing):
        model._default_manager.count()


@pytest.mark.parametrize("model", FENCED, ids=name_of)
def test_the_wall_is_forced_and_names_both_roles(db: None, model: type[models.Model]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = %s",
            [model._meta.db_table],
        )
        assert cursor.fetchone() == (True, True)
        cursor.execute(
            "SELECT policyname, roles::text FROM pg_policies WHERE tablename = %s",
            [model._meta.db_table],
        )
        policies = dict(cursor.fetchall())
    assert policies["tenant_isolation"] == "{annex_app}"
    assert policies["owner_migrates"] == "{annex_owner}"


def test_raw_sql_sees_no_foreign_row(cast: Cast) -> None:
    """The positive control is the next test: Acme's tables do hold rows."""
    with tenant(cast.umbrella.id), connection.cursor() as cursor:
        for model in FENCED:
            column = "id" if model is Organization else "organization_id"
            cursor.execute(
                f'SELECT count(*) FROM "{model._meta.db_table}" WHERE "{column}" <> %s',  # noqa: S608
                [cast.umbrella.id],
            )
            assert cursor.fetchone() == (0,), name_of(model)


def test_the_cast_fills_most_tables(cast: Cast) -> None:
    with tenant(cast.acme.id):
        filled = [model for model in TENANTS if model._default_manager.exists()]
    assert len(filled) >= 10


@pytest.mark.parametrize("model", TENANTS, ids=name_of)
def test_every_reference_between_tenants_is_composite(db: None, model: type[models.Model]) -> None:
    columns = {
        field.column
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey) and issubclass(field.related_model, TenantModel)
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE contype = 'f' AND conrelid = %s::regclass",
            [model._meta.db_table],
        )
        definitions = " ".join(row[0] for row in cursor.fetchall())
    for column in columns:
        assert f"FOREIGN KEY (organization_id, {column})" in definitions
