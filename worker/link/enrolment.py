"""Enrolment as the cluster sees it: make a key, show it, pin the control plane's keys."""

from __future__ import annotations

from annex.contract.inbound import EnrolAnswer
from annex.contract.keys import BadSignature, SigningKey
from annex.contract.manifest import PROTOCOLS
from annex.contract.outbound import EnrolRequest
from annex.contract.signing import check_key_set, enrolment_proof
from django.db import transaction
from django.utils import timezone

from common.errors import AnnexError, Conflict, Family
from worker.link.client import LinkClient
from worker.link.commands import allowed_recipes
from worker.link.keys import load_or_make_key, pin
from worker.link.models import LinkState
from worker.link.version import WORKER_VERSION


class ControlPlaneChanged(Conflict):
    """The cluster is already enrolled somewhere else."""

    code = "link.already_enrolled"
    title = "This cluster is already enrolled with another control plane"
    what_to_do = "Use a fresh state folder and database for a second control plane."


class KeySetInvalid(AnnexError):
    """The control plane's keys are not signed by its own root."""

    code = "link.key_set_invalid"
    family = Family.OURS
    title = "The control plane's key set is not signed by its root key"


def enrol(*, url: str, token: str, client: LinkClient | None = None) -> EnrolAnswer:
    """Enrol this cluster; running it again with the same token is harmless.

    Args:    url: origin of the control plane. token: `anj_…` from the console.
    Effects: the key file, one ledger row, the pinned keys.
    Raises:  LinkRefused, LinkInterrupted, ControlPlaneChanged, KeySetInvalid.
    """
    key = load_or_make_key()
    client = client or LinkClient(origin=url, key=key)
    _check_same_control_plane(url)
    answer = client.post("/link/v1/enrol", _request(key, token), EnrolAnswer)
    _check_keys(answer)
    _remember(url, key, answer)
    return answer


def _request(key: SigningKey, token: str) -> EnrolRequest:
    return EnrolRequest(
        join_token=token,
        public_key=key.public_key,
        proof=enrolment_proof(key, token),
        protocols=list(PROTOCOLS),
        recipes=allowed_recipes(),
        worker_version=WORKER_VERSION,
    )


def _check_same_control_plane(url: str) -> None:
    state = LinkState.objects.filter(id=1).first()
    if state is not None and state.enrolled_at is not None and state.control_plane != url:
        raise ControlPlaneChanged


def _check_keys(answer: EnrolAnswer) -> None:
    """Trust the root on first use, and never again: later sets must be signed by the pinned one."""
    state = LinkState.objects.filter(id=1).first()
    pinned = state.root_key if state is not None and state.root_key else answer.keys.root_key
    try:
        check_key_set(pinned, answer.keys)
    except BadSignature:
        raise KeySetInvalid from None


@transaction.atomic
def _remember(url: str, key: SigningKey, answer: EnrolAnswer) -> None:
    state, _ = LinkState.objects.get_or_create(id=1)
    if state.cluster not in (None, answer.cluster):
        raise ControlPlaneChanged
    state.control_plane, state.public_key = url, key.public_key
    state.cluster, state.organization = answer.cluster, answer.organization
    state.enrolled_at = state.enrolled_at or timezone.now()
    pin(state, answer.keys)
    state.save()
