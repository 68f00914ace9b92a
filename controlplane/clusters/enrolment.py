"""Enrolment: a one-time token becomes a public key that waits for its confirmation."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from annex.contract.inbound import EnrolAnswer, PersonSnapshot
from annex.contract.keys import BadSignature, fingerprint, key_id
from annex.contract.outbound import EnrolRequest
from annex.contract.signing import check_enrolment_proof
from django.utils import timezone

from controlplane.accounts.actors import actor_of
from controlplane.accounts.models import Organization
from controlplane.accounts.subjects import subject_of
from controlplane.audit.actions import record_for_cluster
from controlplane.clusters.errors import (
    JoinTokenInvalid,
    JoinTokenUsed,
    KeyKnown,
    ProofInvalid,
)
from controlplane.clusters.keys import key_set
from controlplane.clusters.models import Cluster, ClusterKey, ClusterState, JoinToken
from controlplane.lib.lookups import cluster_by_key, join_token_by_digest
from controlplane.lib.secrets import digest_secret
from controlplane.lib.tenancy import tenant


@dataclass(frozen=True)
class Refusal:
    """A refusal whose traces are committed before it is raised."""

    error: Exception


def enrol(request: EnrolRequest) -> EnrolAnswer:
    """Enrol a cluster's key; the same token with the same key gets the same answer again.

    Raises: ProofInvalid, JoinTokenInvalid, JoinTokenUsed (and the token is burned), KeyKnown.
    """
    try:
        check_enrolment_proof(request.public_key, request.join_token, request.proof)
    except BadSignature:
        raise ProofInvalid from None
    found = join_token_by_digest(digest_secret(request.join_token))
    if found is None:
        raise JoinTokenInvalid
    organization_id, token_id = found
    with tenant(organization_id):
        answer = _enrol(request, organization_id, token_id)
    if isinstance(answer, Refusal):
        raise answer.error
    return answer


def _enrol(request: EnrolRequest, organization_id: UUID, token_id: UUID) -> EnrolAnswer | Refusal:
    token = JoinToken.objects.select_for_update(of=("self",)).get(id=token_id)
    if token.burned_at is not None:
        return Refusal(JoinTokenInvalid())
    if token.used_key and token.used_key != request.public_key:
        return _burn(token)
    if not token.used_key:
        if token.expires_at <= timezone.now():
            return Refusal(JoinTokenInvalid())
        if cluster_by_key(key_id(request.public_key)) is not None:
            return Refusal(KeyKnown())
        _take_key(request, token)
    return _answer(request, Organization.objects.get(id=organization_id), token)


def _burn(token: JoinToken) -> Refusal:
    token.burned_at = timezone.now()
    token.save(update_fields=["burned_at"])
    record_for_cluster(
        organization_id=token.organization_id,
        cluster_id=token.cluster_id,
        verb="cluster.join_token_reused",
        noun="cluster",
        noun_id=token.cluster_id,
    )
    return Refusal(JoinTokenUsed())


def _take_key(request: EnrolRequest, token: JoinToken) -> None:
    token.used_key = request.public_key
    token.save(update_fields=["used_key"])
    ClusterKey.objects.create(
        organization_id=token.organization_id,
        cluster_id=token.cluster_id,
        key_id=key_id(request.public_key),
        public_key=request.public_key,
        fingerprint=fingerprint(request.public_key),
    )
    Cluster.objects.filter(id=token.cluster_id).update(
        state=ClusterState.UNCONFIRMED,
        worker_version=request.worker_version,
        recipes=[recipe.value for recipe in request.recipes],
    )
    record_for_cluster(
        organization_id=token.organization_id,
        cluster_id=token.cluster_id,
        verb="cluster.enrolled",
        noun="cluster",
        noun_id=token.cluster_id,
    )


def _answer(request: EnrolRequest, organization: Organization, token: JoinToken) -> EnrolAnswer:
    person = token.made_by
    subject = subject_of(organization=organization, cluster_id=token.cluster_id, user=person)
    return EnrolAnswer(
        cluster=token.cluster_id,
        organization=organization.id,
        fingerprint=fingerprint(request.public_key),
        keys=key_set(),
        enrolled_by=PersonSnapshot(
            subject=subject,
            name=person.name,
            role=actor_of(organization=organization, user=person).role,
            simulated=person.simulated,
        ),
    )
