"""A laptop asks, a person decides in the console, and the laptop gets one token, once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from annex.contract.enums import Role
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from api.v1.device_logins import CodeThrottle, StartThrottle
from controlplane.accounts.device_logins import LETTERS, mint_user_code
from controlplane.accounts.members import change_role, remove_member
from controlplane.accounts.models import ApiToken, DeviceApproval, DeviceLogin, Membership, User
from controlplane.accounts.tokens import create_token
from controlplane.audit.models import AuditRow
from controlplane.lib.tenancy import tenant
from tests.controlplane.cast import Cast, browser

START = "/api/v1/device-logins"
COLLECT = "/api/v1/device-logins/token"


@pytest.fixture(autouse=True)
def _no_request_counted_yet() -> None:
    cache.clear()


def post(client: Client, path: str, body: Any = None) -> Any:
    return client.post(path, body or {}, content_type="application/json")


def start(machine: str = "Dev's laptop") -> dict[str, Any]:
    answer = post(Client(), START, {"machine": machine})
    assert answer.status_code == 201, answer.content
    made: dict[str, Any] = answer.json()
    return made


def collect(made: dict[str, Any]) -> Any:
    return post(Client(), COLLECT, {"device_code": made["device_code"]})


def approve(user: User, made: dict[str, Any], role: str, organization: str = "acme") -> Any:
    path = f"/api/v1/organizations/{organization}/device-logins/{made['user_code']}/approve"
    return post(browser(user), path, {"role": role})


def problem(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def test_an_approved_laptop_gets_one_token_that_works(cast: Cast) -> None:
    made = start()
    assert made["verification_url"].endswith("/device")
    assert (made["interval_seconds"], made["expires_in_seconds"]) == (5, 600)
    assert collect(made).json() == {"state": "waiting", "token": None, "organization": None}

    seen = browser(cast.dev).get(f"{START}/{made['user_code'].lower().replace('-', ' ')}").json()
    assert (seen["machine"], seen["state"]) == ("Dev's laptop", "waiting")
    assert approve(cast.dev, made, "developer").json()["state"] == "approved"

    got = collect(made).json()
    assert (got["state"], got["organization"]["slug"]) == ("approved", "acme")
    assert (got["token"]["name"], got["token"]["role"]) == ("CLI on Dev's laptop", "developer")
    with tenant(cast.acme.id):
        token = ApiToken.objects.get()
        assert token.made_by == cast.dev
        assert token.expires_at is not None
        assert abs(token.expires_at - timezone.now() - timedelta(days=90)) < timedelta(minutes=1)
        assert not DeviceApproval.objects.exists()
        verbs = AuditRow.objects.order_by("-at").values_list("verb", flat=True)[:2]
        assert list(verbs) == ["token.created", "device_login.approved"]
    bearer = {"Authorization": f"Bearer {got['token']['secret']}"}
    me = Client().get("/api/v1/me", headers=bearer).json()
    assert [row["role"] for row in me["memberships"]] == ["developer"]

    assert problem(collect(made)) == (404, "device_login.not_found")


def test_codes_and_secrets_are_stored_as_digests(cast: Cast) -> None:
    made = start()
    row = str(DeviceLogin.objects.values().get())
    assert made["device_code"] not in row
    assert made["user_code"] not in row
    assert made["user_code"].replace("-", "") not in row


def test_a_refused_laptop_gets_nothing(cast: Cast) -> None:
    made = start()
    refused = post(browser(cast.tim), f"{START}/{made['user_code']}/refuse")
    assert refused.json()["state"] == "refused"
    assert problem(collect(made)) == (409, "device_login.refused")
    assert problem(approve(cast.dev, made, "developer")) == (409, "device_login.decided")


def test_a_login_is_decided_once(cast: Cast) -> None:
    made = start()
    assert approve(cast.dev, made, "developer").status_code == 200
    assert problem(approve(cast.olga, made, "owner")) == (409, "device_login.decided")
    refusal = post(browser(cast.olga), f"{START}/{made['user_code']}/refuse")
    assert problem(refusal) == (409, "device_login.decided")
    assert collect(made).json()["token"]["role"] == "developer"


def test_an_expired_login_cannot_be_approved_nor_collected(cast: Cast) -> None:
    late, approved = start("late"), start("approved")
    assert approve(cast.dev, approved, "developer").status_code == 200
    DeviceLogin.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert problem(approve(cast.dev, late, "developer")) == (409, "device_login.expired")
    looked_up = browser(cast.dev).get(f"{START}/{late['user_code']}")
    assert problem(looked_up) == (409, "device_login.expired")
    assert problem(collect(late)) == (409, "device_login.expired")
    assert problem(collect(approved)) == (409, "device_login.expired")


def test_ended_logins_are_cleared_away(cast: Cast) -> None:
    start("old")
    DeviceLogin.objects.update(expires_at=timezone.now() - timedelta(hours=2))
    start("new")
    assert [row.machine for row in DeviceLogin.objects.all()] == ["new"]


@pytest.mark.parametrize("code", ["BBBB-BBBB", "", "token", "%00", "ÄÖÜ"])
def test_a_code_that_nobody_was_shown_leads_nowhere(cast: Cast, code: str) -> None:
    made = start()
    path = f"/api/v1/organizations/acme/device-logins/{code}/approve"
    assert post(browser(cast.dev), path, {"role": "developer"}).status_code == 404
    assert collect(made).json()["state"] == "waiting"


def test_an_unknown_device_code_leads_nowhere(cast: Cast) -> None:
    answer = post(Client(), COLLECT, {"device_code": "and_nobody-knows-this"})
    assert problem(answer) == (404, "device_login.not_found")


class TestWho:
    """Only a member who is there in person lets a machine in, no further than they may go."""

    def test_a_stranger_cannot_approve_for_an_organization_not_theirs(self, cast: Cast) -> None:
        made = start()
        assert problem(approve(cast.sam, made, "owner")) == (404, "resource.not_found")
        assert approve(cast.sam, made, "owner", "umbrella").status_code == 200
        assert collect(made).json()["organization"]["slug"] == "umbrella"
        with tenant(cast.acme.id):
            assert not ApiToken.objects.exists()

    def test_an_approval_is_invisible_to_every_other_organization(self, cast: Cast) -> None:
        assert approve(cast.dev, start(), "developer").status_code == 200
        with tenant(cast.umbrella.id), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM accounts_deviceapproval")
            assert cursor.fetchone() == (0,)
        with tenant(cast.acme.id):
            assert DeviceApproval.objects.count() == 1

    def test_nobody_gives_more_than_they_have(self, cast: Cast) -> None:
        made = start()
        assert problem(approve(cast.dev, made, "owner")) == (400, "member.role_too_strong")
        assert problem(approve(cast.rita, made, "annotator")) == (403, "request.forbidden")
        assert approve(cast.dev, made, "annotator").status_code == 200
        assert collect(made).json()["token"]["role"] == "annotator"

    def test_a_token_lets_no_machine_in(self, cast: Cast) -> None:
        made = start()
        with tenant(cast.acme.id):
            actor = cast.actor(cast.olga)
            _, secret = create_token(actor=actor, name="t", role=Role.OWNER, expires_at=None)
        bearer = {"Authorization": f"Bearer {secret}"}
        own = f"/api/v1/organizations/acme/device-logins/{made['user_code']}/approve"
        for method, path in (
            ("POST", own),
            ("GET", f"{START}/{made['user_code']}"),
            ("POST", f"{START}/{made['user_code']}/refuse"),
        ):
            answer = Client().generic(
                method, path, '{"role": "owner"}', content_type="application/json", headers=bearer
            )
            assert problem(answer) == (403, "request.forbidden"), path
        assert collect(made).json()["state"] == "waiting"

    def test_whoever_has_left_lets_nobody_in(self, cast: Cast) -> None:
        made = start()
        assert approve(cast.dev, made, "developer").status_code == 200
        with tenant(cast.acme.id):
            member = Membership.objects.select_related("user").get(user=cast.dev)
            remove_member(actor=cast.actor(cast.olga), member=member)
        assert problem(collect(made)) == (409, "device_login.refused")
        with tenant(cast.acme.id):
            assert not ApiToken.objects.exists()

    def test_whoever_has_become_weaker_gives_no_more_than_that(self, cast: Cast) -> None:
        made = start()
        assert approve(cast.olga, made, "owner").status_code == 200
        with tenant(cast.acme.id):
            owner = cast.actor(cast.olga)
            dev = Membership.objects.select_related("user").get(user=cast.dev)
            change_role(actor=owner, member=dev, role=Role.OWNER)
            olga = Membership.objects.select_related("user").get(user=cast.olga)
            change_role(actor=owner, member=olga, role=Role.DEVELOPER)
        assert collect(made).json()["token"]["role"] == "developer"

    def test_deciding_needs_the_csrf_token(self, cast: Cast) -> None:
        made = start()
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(cast.dev, backend="allauth.account.auth_backends.AuthenticationBackend")
        path = f"/api/v1/organizations/acme/device-logins/{made['user_code']}/approve"
        assert post(strict, path, {"role": "developer"}).status_code == 403
        assert collect(made).json()["state"] == "waiting"


class TestBounds:
    """Codes cannot be tried for long, and nobody fills the table."""

    def test_one_person_may_try_few_codes(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(CodeThrottle, "rate", "3/min", raising=False)
        client = browser(cast.tim)
        tried = [client.get(f"{START}/{mint_user_code()}").status_code for _ in range(4)]
        assert tried == [404, 404, 404, 429]
        made = start()
        assert approve(cast.dev, made, "developer").status_code == 200
        path = f"/api/v1/organizations/umbrella/device-logins/{made['user_code']}/approve"
        assert post(client, path, {"role": "developer"}).status_code == 429

    def test_one_address_may_start_few_logins(
        self, db: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(StartThrottle, "rate", "2/min", raising=False)
        answers = [post(Client(), START, {"machine": "m"}) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [201, 201, 429]
        assert int(answers[-1]["Retry-After"]) > 0

    def test_codes_are_many(self) -> None:
        assert len(LETTERS) ** 8 > 25_000_000_000
        assert len({mint_user_code() for _ in range(1000)}) == 1000

    @pytest.mark.parametrize("machine", ["", "x" * 65, "two\nlines", None])
    def test_a_machine_is_a_short_line(self, db: None, machine: str | None) -> None:
        answer = post(Client(), START, {"machine": machine})
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["field"] == "machine"
