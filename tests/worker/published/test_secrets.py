"""A secret's value comes in, reaches its recipe's process, and is in nothing else."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from annex.contract.enums import Role
from django.db import connection
from django.test import Client
from pytest_django import Settings

from tests.worker.cast import Stage, make_stage, script_of
from tests.worker.published.conftest import Staged
from tests.worker.published.test_provided import run
from worker.link.models import Ledger, OutboxEvent
from worker.people.models import AccessRow, What
from worker.published.models import RecipeFailure, Secret
from worker.published.sealing import Unsealable, seal, unseal
from worker.store.models import Example

CANARY = "zebrafinch-7731"


def put(client: Client, stage: Stage, secret: UUID, value: str = CANARY) -> Any:
    url = f"/api/projects/{stage.project.id}/secrets/{secret}"
    return client.put(url, {"value": value}, content_type="application/json")


@pytest.fixture
def told(caplog: pytest.LogCaptureFixture) -> Any:
    """Return a function that says all that leaves the cluster or is logged."""

    def everything() -> str:
        rows = [*Ledger.objects.values(), *OutboxEvent.objects.values()]
        return caplog.text + str([{**row} for row in rows])

    return everything


def test_a_recipe_gets_the_value_and_shows_dots(staged: Staged, told: Any) -> None:
    stage, secret = staged("unruly.slow", {"plain": True}), uuid4()
    client = script_of(stage.person("Dev", Role.DEVELOPER))
    assert run(stage, "unruly.secret", {"key": str(secret)}) == "recipe.missing_resource"
    answer = put(client, stage, secret)
    assert (answer.status_code, set(answer.json())) == (200, {"id", "set_at"})
    assert run(stage, "unruly.secret", {"key": str(secret), "raises": False}) == ""
    [example] = Example.objects.visible_in([stage.dataset.id])
    assert example.text == f"{len(CANARY)} •••"
    assert CANARY not in told()


def test_what_is_raised_with_it_stays_on_the_cluster(staged: Staged, told: Any) -> None:
    stage, secret = staged("unruly.slow", {"plain": True}), uuid4()
    put(script_of(stage.person("Dev", Role.DEVELOPER)), stage, secret)
    run(stage, "unruly.secret", {"key": str(secret), "raises": True})
    assert CANARY in RecipeFailure.objects.get().traceback
    assert CANARY not in told()


def test_nobody_reads_it_back(db: None, told: Any) -> None:
    stage, secret = make_stage(), uuid4()
    client = script_of(stage.person("Dev", Role.DEVELOPER))
    url = f"/api/projects/{stage.project.id}/secrets/{secret}"
    seen = [put(client, stage, secret), put(client, stage, secret, f"{CANARY} again")]
    seen += [client.get(url), put(client, stage, secret, "x" * 20_000)]
    wrong = {"value": CANARY, "more": CANARY}
    seen.append(client.put(url, wrong, content_type="application/json"))
    assert [answer.status_code for answer in seen] == [200, 200, 403, 400, 400]
    assert all(CANARY.encode() not in answer.content for answer in seen)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM worker_published_secret")
        assert CANARY.encode() not in bytes(cursor.fetchone()[0])
    assert CANARY not in told() + str(list(AccessRow.objects.values()))
    assert client.delete(url).status_code == client.delete(url).status_code == 204
    assert not Secret.objects.exists()
    kinds = [What.SECRET_SET, What.SECRET_SET, What.SECRET_REMOVED]
    rows = AccessRow.objects.filter(what__startswith="secret.").order_by("id")
    assert [row.what for row in rows] == kinds
    assert all(row.by_script for row in rows)


def test_an_id_of_another_project_is_not_there(db: None) -> None:
    stage, other, secret = make_stage(), make_stage("Elsewhere"), uuid4()
    put(script_of(stage.person("Dev", Role.DEVELOPER)), stage, secret)
    stranger = script_of(other.person("Eve", Role.DEVELOPER))
    assert put(stranger, other, secret, "theirs").status_code == 404
    url = f"/api/projects/{other.project.id}/secrets/{secret}"
    assert stranger.delete(url).status_code == 204
    kept = Secret.objects.get()
    opened = unseal(bytes(kept.sealed), project_id=stage.project.id, secret_id=secret)
    assert opened == CANARY


def test_it_opens_for_its_own_place_and_key_alone(settings: Settings) -> None:
    project, secret = uuid4(), uuid4()
    sealed = seal("π", project_id=project, secret_id=secret)
    assert unseal(sealed, project_id=project, secret_id=secret) == "π"
    assert sealed != seal("π", project_id=project, secret_id=secret)
    for place in ((uuid4(), secret), (project, uuid4())):
        with pytest.raises(Unsealable):
            unseal(sealed, project_id=place[0], secret_id=place[1])
    settings.SECRET_KEY = "another"
    with pytest.raises(Unsealable):
        unseal(sealed, project_id=project, secret_id=secret)
