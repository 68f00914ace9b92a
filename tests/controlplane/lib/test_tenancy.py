"""The second lock and the wall, each with a control that shows the test can fail."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from controlplane.accounts.models import Membership, Organization
from controlplane.lib.errors import TenantMissing, TenantMixed
from controlplane.lib.lookups import organization_by_slug
from controlplane.lib.tenancy import tenant
from controlplane.projects.models import Dataset, Label, Project
from tests.controlplane.cast import Cast


def count(table: str) -> int:
    """Count what raw SQL can see."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
        return int(cursor.fetchone()[0])


def execute(statement: str) -> None:
    """Run raw SQL."""
    with connection.cursor() as cursor:
        cursor.execute(statement)


@contextmanager
def refused(error: type[DatabaseError], words: str) -> Iterator[None]:
    """Expect the database to refuse; the savepoint keeps the transaction usable."""
    with pytest.raises(error, match=words), transaction.atomic():
        yield


def test_the_tests_connect_as_the_application_role(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == ("annex_app", False, False)


def test_the_manager_raises_without_a_tenant(cast: Cast) -> None:
    with pytest.raises(TenantMissing):
        list(Project.objects.all())
    with pytest.raises(TenantMissing):
        Organization.objects.count()
    with tenant(cast.acme.id):
        assert Project.objects.count() == 1


def test_none_is_no_tenant(db: None) -> None:
    with pytest.raises(TenantMissing), tenant(None):  # type: ignore[arg-type]
        pass


def test_a_class_level_queryset_is_empty_and_needs_no_tenant(db: None) -> None:
    assert list(Project.objects.none()) == []


def test_another_tenant_cannot_be_entered_from_inside_one(cast: Cast) -> None:
    with tenant(cast.acme.id), pytest.raises(TenantMixed), tenant(cast.umbrella.id):
        pass


def test_entering_the_same_tenant_again_is_allowed_and_leaves_it_active(cast: Cast) -> None:
    with tenant(cast.acme.id):
        with tenant(cast.acme.id):
            pass
        assert Project.objects.count() == 1
        assert count("projects_project") == 1


def test_raw_sql_sees_no_rows_without_a_tenant(cast: Cast) -> None:
    assert count("projects_project") == 0
    with tenant(cast.acme.id):
        assert count("projects_project") == 1
    assert count("projects_project") == 0


def test_the_tenant_ends_with_an_exception_too(cast: Cast) -> None:
    with pytest.raises(ZeroDivisionError), tenant(cast.acme.id):
        1 / 0  # noqa: B018
    assert count("projects_project") == 0
    with pytest.raises(TenantMissing):
        Project.objects.count()


def test_another_tenants_row_is_invisible_and_untouchable(cast: Cast) -> None:
    with tenant(cast.umbrella.id):
        assert count("projects_project") == 0
        assert Project._base_manager.filter(pk=cast.project.pk).update(title="stolen") == 0
    with tenant(cast.acme.id):
        assert Project.objects.get(pk=cast.project.pk).title == "Tickets"


def test_inserting_for_another_tenant_is_refused(cast: Cast) -> None:
    with tenant(cast.umbrella.id), refused(DatabaseError, "row-level security"):
        Membership.objects.create(organization=cast.acme, user=cast.sam, role="owner")


def test_a_reference_across_tenants_is_refused(cast: Cast) -> None:
    with tenant(cast.umbrella.id), refused(IntegrityError, "tenant_fk"):
        Dataset.objects.create(
            organization=cast.umbrella, project_id=cast.project.id, name="x", role="training"
        )
        execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_related_managers_are_filtered_too(cast: Cast) -> None:
    with tenant(cast.umbrella.id):
        assert cast.project.labels.count() == 0
    with tenant(cast.acme.id):
        assert cast.project.labels.count() == 2


def test_the_application_role_cannot_change_the_audit_log(cast: Cast) -> None:
    with tenant(cast.acme.id):
        assert count("audit_auditrow") > 0
        for statement in ("DELETE FROM audit_auditrow", "UPDATE audit_auditrow SET verb = 'x'"):
            with refused(DatabaseError, "permission denied"):
                execute(statement)


def test_lookups_answer_ids_only(cast: Cast) -> None:
    assert organization_by_slug("acme") == cast.acme.id
    assert organization_by_slug("nobody") is None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.proname, pg_get_function_result(p.oid) FROM pg_proc p"
            " WHERE p.proname LIKE 'annex\\_%%' AND p.prosecdef"
        )
        results = dict(cursor.fetchall())
    assert len(results) >= 4
    for name, result in results.items():
        columns = result.removeprefix("TABLE(").removesuffix(")").split(", ")
        assert all(column.endswith(" uuid") for column in columns), f"{name} answers {result}"


def test_the_default_manager_of_a_label_needs_a_tenant(db: None) -> None:
    with pytest.raises(TenantMissing):
        Label.objects.filter(pk=uuid4()).exists()
