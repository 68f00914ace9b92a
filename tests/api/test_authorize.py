"""The control plane's half of the login hop, read back by the worker's own check."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import pytest
from annex.contract.enums import Role
from django.test import Client

from controlplane.accounts.models import Membership, User
from controlplane.clusters.keys import login_key
from controlplane.clusters.models import Cluster, ClusterState
from controlplane.lib.tenancy import tenant
from tests.controlplane.cast import Cast, browser
from worker.people.login_token import Expected, LoginClaims, check_login_token

pytestmark = pytest.mark.django_db
STATE, NONCE = "s" * 32, "n" * 32


@pytest.fixture(autouse=True)
def active_cluster(cast: Cast) -> Cluster:
    with tenant(cast.acme.id):
        Cluster.objects.filter(pk=cast.cluster.pk).update(state=ClusterState.ACTIVE)
    return cast.cluster


def ask(client: Client, cluster: UUID, **changes: str) -> Any:
    asked = {"cluster": str(cluster), "state": STATE, "nonce": NONCE}
    return client.get("/authorize", asked | changes)


def form_of(page: str) -> tuple[str, dict[str, str]]:
    """Return where the page's form goes and what it carries."""
    action = re.search(r'action="([^"]+)"', page)
    fields = re.findall(r'name="(\w+)" value="([^"]*)"', page)
    assert action is not None
    return unescape(action[1]), {name: unescape(value) for name, value in fields}


def claims_for(cast: Cast, user: User) -> LoginClaims:
    """Sign in as a person and check the token as the cluster would."""
    answer = ask(browser(user), cast.cluster.id)
    assert answer.status_code == 200, answer.content
    _, fields = form_of(answer.content.decode())
    expected = Expected(
        cluster=cast.cluster.id,
        origin=cast.cluster.origin,
        nonce=NONCE,
        key_id=login_key().key_id,
        public_key=login_key().public_key,
    )
    return check_login_token(fields["token"], expected)


def test_token_goes_by_form_to_the_registered_origin_only(cast: Cast) -> None:
    answer = ask(browser(cast.anna), cast.cluster.id, origin="https://evil.example")
    action, fields = form_of(answer.content.decode())
    assert action == "https://annex.acme.example/login/callback"
    assert fields["state"] == STATE
    policy = answer["Content-Security-Policy"]
    assert "form-action https://annex.acme.example" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    # Under no-referrer a browser would post with `Origin: null`, which the worker refuses.
    assert answer["Referrer-Policy"] == "strict-origin"
    assert answer["Cache-Control"] == "no-store"
    assert "evil" not in answer.content.decode()


def test_roles_are_those_of_the_projects_one_may_enter(cast: Cast) -> None:
    project = str(cast.project.id)
    assert claims_for(cast, cast.olga).roles == {project: Role.OWNER}
    assert claims_for(cast, cast.rita).roles == {project: Role.REVIEWER}
    assert claims_for(cast, cast.anna).roles == {project: Role.ANNOTATOR}
    assert claims_for(cast, cast.tim).roles == {}


def test_subject_is_stable_and_pairwise(cast: Cast) -> None:
    first, second = claims_for(cast, cast.anna), claims_for(cast, cast.anna)
    assert first.subject == second.subject != cast.anna.id
    assert first.jti != second.jti
    assert claims_for(cast, cast.rita).subject != first.subject
    assert first.name == "Anna"


def test_stranger_sees_no_cluster(cast: Cast) -> None:
    assert ask(browser(cast.sam), cast.cluster.id).status_code == 404
    assert ask(browser(cast.olga), uuid4()).status_code == 404
    assert ask(browser(cast.olga), cast.cluster.id).status_code == 200


def test_removed_member_gets_no_token(cast: Cast) -> None:
    client = browser(cast.anna)
    assert ask(client, cast.cluster.id).status_code == 200
    with tenant(cast.acme.id):
        Membership.objects.filter(user=cast.anna).delete()
    assert ask(client, cast.cluster.id).status_code == 404


@pytest.mark.parametrize("state", ["pending", "unconfirmed", "revoked"])
def test_cluster_that_is_not_active_gets_no_token(cast: Cast, state: str) -> None:
    with tenant(cast.acme.id):
        Cluster.objects.filter(pk=cast.cluster.pk).update(state=state)
    assert ask(browser(cast.olga), cast.cluster.id).status_code == 404


def test_anonymous_signs_in_first_and_comes_back(cast: Cast) -> None:
    answer = ask(browser(), cast.cluster.id)
    assert answer.status_code == 302
    where = urlsplit(answer["Location"])
    assert (where.netloc, where.path) == ("", "/sign-in")
    back = parse_qs(where.query)["next"][0]
    assert back.startswith("/authorize?")
    assert STATE in back


@pytest.mark.parametrize(
    "changes",
    [
        {"cluster": "x"},
        {"state": ""},
        {"nonce": "short"},
        {"nonce": "n" * 500},
        {"state": "\n" * 20},
    ],
)
def test_malformed_question_is_refused(cast: Cast, changes: dict[str, str]) -> None:
    client = browser(cast.olga)
    asked = {"cluster": str(cast.cluster.id), "state": STATE, "nonce": NONCE} | changes
    assert client.get("/authorize", asked).status_code == 400
    assert ask(client, cast.cluster.id).status_code == 200


def test_script_of_the_page_is_served(cast: Cast) -> None:
    page = ask(browser(cast.anna), cast.cluster.id).content.decode()
    for path in re.findall(r'(?:src|href)="(/static/[^"]+)"', page):
        assert browser().get(path).status_code == 200, path
    assert "onload" not in page
    assert "<script>" not in page
