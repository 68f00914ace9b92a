"""People come in by invitation, get roles, make tokens, and leave."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from controlplane.accounts.models import ApiToken, Invitation, Membership, User
from controlplane.accounts.subjects import subject_of
from controlplane.accounts.tasks import send_invitation_task
from controlplane.clusters.models import Command
from controlplane.lib.secrets import digest_secret
from controlplane.lib.tenancy import tenant
from tests.controlplane.cast import PASSWORD, Cast, browser

BASE = "/api/v1/organizations/acme"
LINK = re.compile(r"/invitations/(ani_[\w-]+)")


def invite(cast: Cast, email: str, role: str = "annotator") -> str:
    """Invite an address over HTTP, send the mail as Celery would, and return the link's secret."""
    answer = browser(cast.olga).post(
        f"{BASE}/invitations", {"email": email, "role": role}, content_type="application/json"
    )
    assert answer.status_code == 201, answer.content
    send_invitation_task(str(cast.acme.id), answer.json()["id"])
    found = LINK.search(str(mail.outbox[-1].body))
    assert found is not None
    return found[1]


def test_an_invited_person_makes_an_account_and_is_signed_in(cast: Cast) -> None:
    secret = invite(cast, "Nina@Example.org")
    assert mail.outbox[-1].to == ["nina@example.org"]
    visitor = Client()
    preview = visitor.get(f"/api/v1/invitations/{secret}").json()
    assert preview == {
        "organization": "Acme",
        "email": "nina@example.org",
        "role": "annotator",
        "inviter": "Olga",
        "expired": False,
        "has_account": False,
    }
    answer = visitor.post(
        f"/api/v1/invitations/{secret}/accept",
        {"name": "Nina", "password": PASSWORD},
        content_type="application/json",
    )
    assert answer.status_code == 200
    me = visitor.get("/api/v1/me").json()
    assert [(row["organization"]["slug"], row["role"]) for row in me["memberships"]] == [
        ("acme", "annotator")
    ]
    assert visitor.get(f"/api/v1/invitations/{secret}").json()["code"] == "invitation.not_found"


def test_a_weak_password_or_a_missing_name_is_refused_by_field(cast: Cast) -> None:
    secret = invite(cast, "nina@example.org")
    visitor = Client()
    for body, field in (({"name": "N", "password": "123"}, "password"), ({}, "name")):
        answer = visitor.post(
            f"/api/v1/invitations/{secret}/accept", body, content_type="application/json"
        )
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["field"] == field
    assert not User.objects.filter(email="nina@example.org").exists()


def test_only_the_owner_of_an_account_may_accept_for_it(cast: Cast) -> None:
    secret = invite(cast, cast.sam.email, "developer")
    path = f"/api/v1/invitations/{secret}/accept"
    assert Client().post(path, {}, content_type="application/json").status_code == 409
    assert browser(cast.tim).post(path, {}, content_type="application/json").status_code == 409
    assert browser(cast.sam).post(path, {}, content_type="application/json").status_code == 200
    with tenant(cast.acme.id):
        assert Membership.objects.get(user=cast.sam).role == "developer"


def test_an_expired_invitation_says_so(cast: Cast) -> None:
    secret = invite(cast, "late@example.org")
    with tenant(cast.acme.id):
        Invitation.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert Client().get(f"/api/v1/invitations/{secret}").json()["expired"] is True
    answer = Client().post(
        f"/api/v1/invitations/{secret}/accept", {}, content_type="application/json"
    )
    assert answer.json()["code"] == "invitation.expired"


def test_an_expired_invitation_does_not_stand_in_the_way_of_another(cast: Cast) -> None:
    invite(cast, "late@example.org")
    body = {"email": "late@example.org", "role": "annotator"}
    admin = browser(cast.olga)
    path = "/api/v1/organizations/acme/invitations"
    waiting = admin.post(path, body, content_type="application/json")
    assert (waiting.status_code, waiting.json()["code"]) == (409, "invitation.already_invited")
    with tenant(cast.acme.id):
        Invitation.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    secret = invite(cast, "late@example.org")
    assert Client().get(f"/api/v1/invitations/{secret}").json()["expired"] is False
    with tenant(cast.acme.id):
        assert Invitation.objects.filter(email="late@example.org").count() == 1


def test_the_secret_of_an_invitation_is_stored_as_a_digest(cast: Cast) -> None:
    secret = invite(cast, "nina@example.org")
    with tenant(cast.acme.id):
        assert Invitation.objects.get(email="nina@example.org").digest == digest_secret(secret)


def test_accepting_needs_the_csrf_token_even_without_a_session(cast: Cast) -> None:
    secret = invite(cast, "nina@example.org")
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(
        f"/api/v1/invitations/{secret}/accept",
        {"name": "N", "password": PASSWORD},
        content_type="application/json",
    )
    assert answer.status_code == 403
    assert not User.objects.filter(email="nina@example.org").exists()


def test_nobody_gives_a_role_stronger_than_their_own(cast: Cast) -> None:
    with tenant(cast.acme.id):
        Membership.objects.filter(user=cast.dev).update(role="admin")
    admin = browser(cast.dev)
    answer = admin.post(
        f"{BASE}/invitations",
        {"email": "x@example.org", "role": "owner"},
        content_type="application/json",
    )
    assert answer.json()["code"] == "member.role_too_strong"
    olga = cast.member_id(cast.olga)
    answer = admin.patch(
        f"{BASE}/members/{olga}", {"role": "annotator"}, content_type="application/json"
    )
    assert answer.json()["code"] == "member.role_too_strong"


def test_the_last_owner_stays(cast: Cast) -> None:
    olga = cast.member_id(cast.olga)
    answer = browser(cast.olga).delete(f"{BASE}/members/{olga}")
    assert (answer.status_code, answer.json()["code"]) == (409, "member.last_owner")


def test_a_removed_member_is_signed_out_on_clusters_and_loses_their_tokens(cast: Cast) -> None:
    secret = (
        browser(cast.dev)
        .post(
            f"{BASE}/tokens", {"name": "ci", "role": "developer"}, content_type="application/json"
        )
        .json()["secret"]
    )
    with tenant(cast.acme.id):
        subject = subject_of(organization=cast.acme, cluster_id=cast.cluster.id, user=cast.dev)
    answer = browser(cast.olga).delete(f"{BASE}/members/{cast.member_id(cast.dev)}")
    assert answer.status_code == 204
    with tenant(cast.acme.id):
        revoked = Command.objects.get(type="session.revoke")
        assert revoked.body["subject"] == str(subject)
        snapshot = Command.objects.filter(type="config.snapshot").latest("seq").body
        assert str(subject) not in [person["subject"] for person in snapshot["people"]]
    refused = Client().get(f"{BASE}/projects", headers={"Authorization": f"Bearer {secret}"})
    assert refused.status_code == 401
    assert browser(cast.dev).get(f"{BASE}/projects").status_code == 404


class TestTokens:
    """A token is a person's arm into one organization, no longer than the person's own."""

    @pytest.fixture
    def secret(self, cast: Cast) -> str:
        answer = browser(cast.dev).post(
            f"{BASE}/tokens",
            {"name": "ci", "role": "developer"},
            content_type="application/json",
        )
        assert answer.status_code == 201
        return str(answer.json()["secret"])

    def get(self, secret: str, path: str) -> int:
        return Client().get(path, headers={"Authorization": f"Bearer {secret}"}).status_code

    def test_it_opens_its_organization_and_no_other(self, cast: Cast, secret: str) -> None:
        assert self.get(secret, f"{BASE}/projects") == 200
        assert self.get(secret, "/api/v1/organizations/umbrella/projects") == 404
        assert self.get(secret + "x", f"{BASE}/projects") == 401

    def test_it_weakens_with_its_maker(self, cast: Cast, secret: str) -> None:
        assert self.get(secret, f"{BASE}/members") == 200
        with tenant(cast.acme.id):
            Membership.objects.filter(user=cast.dev).update(role="annotator")
        assert self.get(secret, f"{BASE}/members") == 403

    def test_it_expires(self, cast: Cast, secret: str) -> None:
        with tenant(cast.acme.id):
            ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        assert self.get(secret, f"{BASE}/projects") == 401

    def test_the_list_shows_the_prefix_and_no_secret(self, cast: Cast, secret: str) -> None:
        row = browser(cast.dev).get(f"{BASE}/tokens").json()["results"][0]
        assert row["prefix"] == secret[:8]
        assert set(row) == {"id", "name", "role", "prefix", "last_used_at", "expires_at"}

    def test_people_see_their_own_and_admins_all(self, cast: Cast, secret: str) -> None:
        with tenant(cast.acme.id):
            Membership.objects.filter(user=cast.rita).update(role="developer")
        assert browser(cast.rita).get(f"{BASE}/tokens").json()["results"] == []
        assert len(browser(cast.olga).get(f"{BASE}/tokens").json()["results"]) == 1

    def test_it_makes_no_organization_and_renames_nobody(self, cast: Cast, secret: str) -> None:
        headers = {"Authorization": f"Bearer {secret}"}
        made = Client().post(
            "/api/v1/organizations", {"name": "X"}, headers=headers, content_type="application/json"
        )
        renamed = Client().patch(
            "/api/v1/me", {"name": "X"}, headers=headers, content_type="application/json"
        )
        assert (made.status_code, renamed.status_code) == (403, 403)


def test_signing_in_and_out_through_allauth(cast: Cast) -> None:
    visitor = Client()
    path = "/_allauth/browser/v1/auth/login"
    wrong = visitor.post(
        path, {"email": cast.olga.email, "password": "no"}, content_type="application/json"
    )
    assert wrong.status_code == 400
    right = visitor.post(
        path, {"email": cast.olga.email, "password": PASSWORD}, content_type="application/json"
    )
    assert right.status_code == 200
    assert visitor.get("/api/v1/me").json()["name"] == "Olga"
    assert visitor.delete("/_allauth/browser/v1/auth/session").status_code == 401
    assert visitor.get("/api/v1/me").status_code == 401


def test_nobody_signs_up_without_an_invitation(db: None) -> None:
    answer = Client().post(
        "/_allauth/browser/v1/auth/signup",
        {"email": "x@example.org", "password": PASSWORD},
        content_type="application/json",
    )
    assert answer.status_code in {403, 404}
    assert not User.objects.filter(email="x@example.org").exists()
