"""The edge of the line: who may speak, in which session, and what is told to who may not."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from annex.contract.canonical import canonical_bytes, sha256_hex
from annex.contract.enums import JobRecipe
from annex.contract.inbound import EnrolAnswer, KeySet, Receipt
from annex.contract.keys import SigningKey, fingerprint
from annex.contract.leaves import Message
from annex.contract.manifest import PROTOCOL
from annex.contract.outbound import (
    ClaimRequest,
    ClusterHealth,
    Event,
    EventBatch,
    HeldJob,
    RenewRequest,
    SessionRequest,
)
from annex.contract.requests import MAX_SKEW_SECONDS, RequestStamp, sign_request
from annex.contract.signing import (
    GENESIS,
    check_key_set,
    check_receipt,
    ledger_head,
    ledger_meta,
)
from django.test import Client
from django.utils import timezone

from controlplane.audit.models import AuditRow
from controlplane.clusters.actions import confirm_fingerprint, issue_join_token, revoke_cluster
from controlplane.clusters.errors import FingerprintMismatch
from controlplane.clusters.keys import command_key, root_key
from controlplane.clusters.models import Cluster, JoinToken
from controlplane.lib.tenancy import tenant
from tests.controlplane.clusters.world import World, announce, enrolled, enrolment

pytestmark = pytest.mark.django_db


@dataclass
class Line:
    """A cluster's end: signs what it posts. `skew` shifts its clock, in seconds."""

    world: World
    key: SigningKey
    session: int = 0
    number: int = 0
    skew: int = 0
    http: Client = field(default_factory=Client)

    def post(self, path: str, body: Message | bytes, **changes: Any) -> Any:
        self.number += 1
        raw = body if isinstance(body, bytes) else canonical_bytes(body)
        stamp = RequestStamp(
            created=int(time.time()) + self.skew,
            key_id=self.key.key_id,
            session=changes.pop("session", self.session),
            number=changes.pop("number", self.number),
        )
        method = changes.pop("method", "POST")
        headers = sign_request(self.key, method, f"/link/v1/{path}", raw, stamp) | changes
        return self.http.generic(
            method, f"/link/v1/{path}", raw, content_type="application/json", headers=headers
        )

    def open(self) -> Any:
        request = SessionRequest(
            session_epoch=self.session,
            protocols=[PROTOCOL],
            recipes=list(JobRecipe),
            worker_version="0.1.0",
            next_event=1,
        )
        answer = self.post("session", request)
        if answer.status_code == 200:
            self.session = answer.json()["session_epoch"]
        return answer

    def batch(self, *seqs: int, rows: int = 0) -> EventBatch:
        body = ClusterHealth(
            version="0.1.0", free_slots=1, running_jobs=0, outbox_events=0, ledger_rows=rows
        )
        at = timezone.now().replace(year=2026, month=1)
        events = [Event(seq=seq, at=at, body=body) for seq in seqs]
        return EventBatch(
            session_epoch=self.session, first_seq=seqs[0], prev_hash=GENESIS, events=events
        )


RENEW = RenewRequest(held=[])


@pytest.fixture
def line() -> Line:
    """A cluster with an open session."""
    world = enrolled()
    ready = Line(world, world.key)
    assert ready.open().status_code == 200
    return ready


def problem(response: Any, status: int, code: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(response.content)
    assert (response.status_code, document.get("code")) == (status, code)
    assert response["Content-Type"] == "application/problem+json"
    assert document["title"]
    return document


def post_enrolment(world: World, key: SigningKey | None = None) -> Any:
    body = canonical_bytes(enrolment(world, key))
    return Client().post("/link/v1/enrol", body, content_type="application/json")


def verbs(world: World) -> list[str]:
    with tenant(world.organization_id):
        return list(AuditRow.objects.order_by("at").values_list("verb", flat=True))


# --- enrolment ------------------------------------------------------------------------------


def test_the_same_token_and_key_get_the_same_answer_again() -> None:
    world = announce()
    first, second = post_enrolment(world), post_enrolment(world)
    assert (first.status_code, first.json()) == (200, second.json())
    answer = EnrolAnswer.model_validate_json(first.content)
    assert answer.cluster == world.cluster.id
    assert answer.fingerprint == fingerprint(world.key.public_key)
    check_key_set(root_key().public_key, answer.keys)
    assert answer.enrolled_by is not None
    assert answer.enrolled_by.name == world.actor.user.name
    assert answer.enrolled_by.subject != world.actor.user.id  # pairwise


def test_the_same_token_with_another_key_burns_it() -> None:
    world = announce()
    assert post_enrolment(world).status_code == 200
    problem(post_enrolment(world, SigningKey.generate()), 409, "enrol.token_used")
    problem(post_enrolment(world), 403, "enrol.token_invalid")
    assert "cluster.join_token_reused" in verbs(world)


def test_a_token_is_refused_once_its_time_is_over_or_another_was_made() -> None:
    world = announce()
    with tenant(world.organization_id):
        JoinToken.objects.update(expires_at=timezone.now())
    problem(post_enrolment(world), 403, "enrol.token_invalid")
    with tenant(world.organization_id):
        JoinToken.objects.update(expires_at=timezone.now() + timedelta(hours=1))
        issue_join_token(
            organization=world.actor.organization, actor=world.actor, cluster=world.cluster
        )
    problem(post_enrolment(world), 403, "enrol.token_invalid")


def test_a_key_enrols_once() -> None:
    world, other = announce(), announce("Other")
    assert post_enrolment(world).status_code == 200
    problem(post_enrolment(other, world.key), 409, "enrol.key_known")
    assert post_enrolment(other).status_code == 200


def test_a_proof_by_another_key_is_refused() -> None:
    world = announce()
    body = enrolment(world).model_copy(update={"public_key": SigningKey.generate().public_key})
    response = Client().post(
        "/link/v1/enrol", canonical_bytes(body), content_type="application/json"
    )
    problem(response, 400, "enrol.proof_invalid")


def test_a_cluster_is_silent_until_a_person_has_compared_the_fingerprints() -> None:
    world = announce()
    post_enrolment(world)
    line = Line(world, world.key)
    assert problem(line.open(), 403, "cluster.unconfirmed")["family"] == "transient"
    actor = world.actor
    with tenant(world.organization_id):
        cluster = Cluster.objects.get(id=world.cluster.id)
        assert cluster.state == "unconfirmed"
        confirm = partial(
            confirm_fingerprint, organization=actor.organization, actor=actor, cluster=cluster
        )
        with pytest.raises(FingerprintMismatch):
            confirm(fingerprint="0000")
    problem(line.open(), 403, "cluster.unconfirmed")
    with tenant(world.organization_id):
        confirm(fingerprint=fingerprint(world.key.public_key))
    assert line.open().status_code == 200


# --- signed requests ------------------------------------------------------------------------


def test_an_unsigned_an_unknown_and_an_altered_request_look_alike(line: Line) -> None:
    assert line.post("leases/renew", RENEW).status_code == 200
    unsigned = Client().post("/link/v1/leases/renew", b"{}", content_type="application/json")
    stranger = Line(line.world, SigningKey.generate(), session=line.session)
    altered = line.post("leases/renew", RENEW, **{"annex-session": "9"})
    answers = [unsigned, stranger.post("leases/renew", RENEW), altered]
    documents = [problem(answer, 401, "signature.invalid") for answer in answers]
    assert documents[0] == documents[1] == documents[2]


def test_a_request_counts_once(line: Line) -> None:
    assert line.post("leases/renew", RENEW, number=50).status_code == 200
    problem(line.post("leases/renew", RENEW, number=50), 409, "request.replayed")
    assert line.post("leases/renew", RENEW, number=49).status_code == 200
    problem(line.post("leases/renew", RENEW, number=49), 409, "request.replayed")


def test_a_skewed_clock_is_told_the_time(line: Line) -> None:
    line.skew = MAX_SKEW_SECONDS + 60
    document = problem(line.post("leases/renew", RENEW), 401, "clock.skew")
    assert abs(document["server_time"] - time.time()) < 5
    line.skew = MAX_SKEW_SECONDS - 60
    assert line.post("leases/renew", RENEW).status_code == 200


def test_the_newer_session_ends_the_older(line: Line) -> None:
    older = Line(line.world, line.key, session=line.session, number=10)
    assert line.open().status_code == 200
    assert line.session == older.session + 1
    problem(older.post("leases/renew", RENEW), 409, "session.superseded")
    assert line.post("leases/renew", RENEW).status_code == 200


def test_a_recorded_opening_cannot_evict_the_link(line: Line) -> None:
    line.number -= 1  # what a recording would repeat
    document = problem(line.open(), 409, "request.replayed")
    assert document["expected"] == 2
    assert line.open().status_code == 200


def test_a_removed_cluster_is_cut_off(line: Line) -> None:
    actor = line.world.actor
    with tenant(line.world.organization_id):
        revoke_cluster(organization=actor.organization, actor=actor, cluster=line.world.cluster)
    problem(line.post("leases/renew", RENEW), 403, "cluster.revoked")
    problem(line.open(), 403, "cluster.revoked")


def test_a_body_that_the_contract_does_not_name_is_refused_without_repeating_it(
    line: Line,
) -> None:
    response = line.post("leases/renew", b'{"held":[],"note":"secret text"}')
    document = problem(response, 400, "request.invalid")
    assert "secret text" not in json.dumps(document)
    assert [error["field"] for error in document["errors"]] == ["note"]


def test_an_old_protocol_is_told_to_upgrade(line: Line) -> None:
    request = SessionRequest(
        session_epoch=1,
        protocols=["2020-01-01"],
        recipes=[],
        worker_version="0.0.1",
        next_event=1,
    )
    problem(line.post("session", request), 426, "protocol.unsupported")


def test_the_tenant_comes_from_the_key(line: Line) -> None:
    stranger = Line((other := enrolled()), other.key)
    stranger.open()
    job = line.world.start()
    claim = ClaimRequest(epoch=0)
    problem(stranger.post(f"jobs/{job.id}/claim", claim), 404, "resource.not_found")
    problem(line.post(f"jobs/{uuid4()}/claim", claim), 404, "resource.not_found")
    assert line.post(f"jobs/{job.id}/claim", claim).json()["epoch"] == 1
    held = RenewRequest(held=[HeldJob(job=job.id, job_epoch=1)])
    assert stranger.post("leases/renew", held).json()["lost"] == [str(job.id)]
    assert line.post("leases/renew", held).json()["lost"] == []


def test_the_key_set_is_signed_by_the_root(line: Line) -> None:
    answer = line.post("keyset", b"", method="GET")
    check_key_set(root_key().public_key, KeySet.model_validate_json(answer.content))


# --- events ---------------------------------------------------------------------------------


def test_events_are_signed_for_at_the_ledgers_head(line: Line) -> None:
    batch = line.batch(1, 2, rows=4)
    created = int(time.time())
    answer = line.post("events", batch)
    receipt = Receipt.model_validate_json(answer.content)
    check_receipt(command_key().public_key, receipt)
    assert receipt.accepted_seq == 2
    heads = [
        ledger_head(
            GENESIS,
            ledger_meta(
                at=created + late,
                method="POST",
                path="/link/v1/events",
                session=line.session,
                number=line.number,
                events=2,
            ),
            sha256_hex(canonical_bytes(batch)),
        )
        for late in (0, 1)
    ]
    assert receipt.head in heads
    with tenant(line.world.organization_id):
        assert Cluster.objects.get(id=line.world.cluster.id).ledger_rows == 4


def test_a_gap_is_told_a_repeat_skipped_and_a_rewrite_alarms(line: Line) -> None:
    first = line.batch(1, 2)
    assert line.post("events", first).status_code == 200
    document = problem(line.post("events", line.batch(5)), 409, "events.gap")
    assert document["expected"] == 3
    assert line.post("events", first).json()["accepted_seq"] == 2
    problem(line.post("events", line.batch(2, rows=9)), 409, "events.rewritten")
    assert verbs(line.world)[-1] == "cluster.events_rewritten"
    assert line.post("events", line.batch(3)).json()["accepted_seq"] == 3
