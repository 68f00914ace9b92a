"""A cluster that has sent a few things, and Olga, who is an administrator of it."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from annex.contract.enums import Role
from annex.contract.keys import SigningKey
from annex.contract.signing import sign_receipt
from django.test import Client
from django.utils import timezone

from tests.worker.cast import TESTS, sign_in
from worker.link.ledger import Entry, append, keep_receipt
from worker.link.models import Ledger, LinkState
from worker.people.actions import approve_subject
from worker.people.models import Subject

KEY = SigningKey.from_bytes(bytes(range(32)))
CONTROL_PLANE = SigningKey.from_bytes(bytes(range(1, 33)))
NOON = 1_764_000_000 // 86_400 * 86_400 + 43_200
"""Seconds since 1970 at noon of a day; rows are a minute apart."""
PATHS = ("/link/v1/poll", "/link/v1/events", f"/link/v1/jobs/{uuid4()}/claim")


def approve(name: str, role: Role) -> Subject:
    return approve_subject(uuid4(), name=name, role=role, by=TESTS)


@pytest.fixture
def olga(db: None) -> Subject:
    return approve("Olga", Role.OWNER)


@pytest.fixture
def administrator(olga: Subject) -> Client:
    return sign_in(olga, {})


@pytest.fixture
def enrolled(db: None) -> LinkState:
    return LinkState.objects.create(
        id=1,
        control_plane="http://cp.test",
        cluster=uuid4(),
        organization=uuid4(),
        public_key=KEY.public_key,
        command_key_id=CONTROL_PLANE.key_id,
        command_key=CONTROL_PLANE.public_key,
        enrolled_at=timezone.now(),
    )


def send(count: int, *, at: int = NOON) -> list[Ledger]:
    """Write rows as the link does before sending; the control plane signs for each third."""
    rows = [_write(n, at + 60 * n) for n in range(count)]
    for row in rows[1::3]:
        receipt = sign_receipt(CONTROL_PLANE, row.seq, row.head)
        keep_receipt(row, receipt, CONTROL_PLANE.public_key)
    return rows


def _write(number: int, at: int) -> Ledger:
    path = PATHS[number % len(PATHS)]
    entry = Entry(at, "POST", path, session=1, number=number, events=int("events" in path))
    return append(KEY, entry, lambda prev: json.dumps({"n": number, "prev": prev}).encode())
