"""Pairwise subjects: the ids under which clusters know people."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from controlplane.accounts.models import Organization, Subject, User


def subject_of(*, organization: Organization, cluster_id: UUID, user: User) -> UUID:
    """Return the person's subject on a cluster, minting it the first time."""
    return subjects_of(organization=organization, cluster_id=cluster_id, user_ids=[user.id])[
        user.id
    ]


def subjects_of(
    *, organization: Organization, cluster_id: UUID, user_ids: Iterable[UUID]
) -> dict[UUID, UUID]:
    """Return subject by user id, minting what is missing; two concurrent calls agree."""
    wanted = set(user_ids)
    Subject.objects.bulk_create(
        [Subject(organization=organization, cluster_id=cluster_id, user_id=id_) for id_ in wanted],
        ignore_conflicts=True,
    )
    rows = Subject.objects.filter(cluster_id=cluster_id, user_id__in=wanted)
    return dict(rows.values_list("user_id", "id"))


def users_of_subjects(*, cluster_id: UUID, subjects: Iterable[UUID]) -> dict[UUID, UUID]:
    """Return user id by subject, for those subjects that this cluster was given."""
    rows = Subject.objects.filter(cluster_id=cluster_id, id__in=set(subjects))
    return dict(rows.values_list("id", "user_id"))
