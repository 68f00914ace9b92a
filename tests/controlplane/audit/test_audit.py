"""The audit log says who did what."""

from __future__ import annotations

from controlplane.audit.actions import record, record_for_cluster
from controlplane.audit.models import AuditRow
from controlplane.lib.tenancy import tenant
from tests.controlplane.cast import Cast


def test_a_row_names_the_person_and_the_thing(cast: Cast) -> None:
    with tenant(cast.acme.id):
        record(actor=cast.actor(cast.dev), verb="x.done", noun="x", noun_id=cast.project.id)
        row = AuditRow.objects.get(verb="x.done")
        assert (row.user, row.token_id, row.noun_id) == (cast.dev, None, cast.project.id)


def test_what_a_cluster_did_names_the_cluster_and_nobody(cast: Cast) -> None:
    with tenant(cast.acme.id):
        record_for_cluster(
            organization_id=cast.acme.id, cluster_id=cast.cluster.id, verb="x.sent", noun="x"
        )
        row = AuditRow.objects.get(verb="x.sent")
        assert (row.user, row.cluster_id) == (None, cast.cluster.id)
