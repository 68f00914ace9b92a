"""Both clients against the real control plane: pages, writes, refusals."""

from __future__ import annotations

import asyncio
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from annex.client import AsyncClient, Client
from annex.client.calls import Call
from annex.client.types import Asset
from annex.contract.enums import Family, JobState, Role
from annex.errors import BadInput, Conflict, Forbidden, NotFound, NotSignedIn, Problem

from controlplane.audit.models import IdempotencyRecord
from controlplane.lib.tenancy import tenant
from controlplane.projects.models import Asset as AssetRow
from tests.sdk.scene import QUICK, Stage


def make_assets(stage: Stage, count: int) -> None:
    cast = stage.cast
    with tenant(cast.acme.id):
        AssetRow.objects.bulk_create(
            AssetRow(
                organization=cast.acme,
                project=cast.project,
                name=f"asset {number}",
                kind="data",
                created_by=cast.olga,
            )
            for number in range(count)
        )


def test_one_is_who_the_token_says(stage: Stage) -> None:
    with stage.client(stage.cast.dev) as client:
        me = client.account.show()
        slugs = [row.slug for row in client.organizations.list()]
    assert (me.email, slugs) == (stage.cast.dev.email, ["acme"])
    assert [row.role for row in me.memberships] == ["developer"]


def test_a_list_goes_through_all_pages(stage: Stage) -> None:
    make_assets(stage, 60)
    with stage.client(stage.cast.dev) as client:
        names = [
            row.name for row in client.organization("acme").project(project(stage)).assets.list()
        ]
    assert len(names) == len(set(names)) == 62


class Counting(Client):
    """A client that counts what it sends."""

    sent = 0

    def send(self, call: Call[Any]) -> Any:
        self.sent += 1
        return super().send(call)


def test_a_list_asks_for_no_page_that_nobody_reads(stage: Stage) -> None:
    make_assets(stage, 60)
    with Counting(stage.url, stage.token(stage.cast.dev)) as client:
        rows = client.organization("acme").project(project(stage)).assets.list()
        next(rows)
        assert client.sent == 1
        assert len(list(rows)) == 61
        assert client.sent == 2


def project(stage: Stage) -> str:
    return str(stage.cast.project.id)


def test_a_project_from_its_making_to_its_end(stage: Stage) -> None:
    with stage.client(stage.cast.olga, Role.OWNER) as client:
        acme = client.organization("acme")
        made = acme.projects.create("News", stage.cast.cluster.id, target_f=80)
        assert acme.projects.show(made.id) == made
        assert acme.projects.change(made.id, title="Old news").target_f == 80
        scheme = acme.project(made.id).labels.save([{"name": "PERSON"}, {"name": "PLACE"}])
        person, place = scheme.labels
        swapped = acme.project(made.id).labels.save([place, person], version=scheme.version)
        assert [label.id for label in swapped.labels] == [place.id, person.id]
        acme.projects.delete(made.id)
        with pytest.raises(NotFound):
            acme.projects.show(made.id)


def test_a_job_is_started_watched_and_cancelled(stage: Stage) -> None:
    with stage.client(stage.cast.dev) as client:
        acme = client.organization("acme")
        dataset = stage.cast.training.id
        job = acme.project(project(stage)).jobs.start("export.v1", {"dataset": dataset})
        assert job.state == JobState.QUEUED
        assert acme.jobs.show(job.id).arguments["dataset"] == str(dataset)
        assert acme.jobs.cancel(job.id).state == JobState.CANCELLED


def test_a_token_is_shown_once(stage: Stage) -> None:
    until = datetime.now(UTC) + timedelta(days=1)
    with stage.client(stage.cast.dev) as client:
        tokens = client.organization("acme").tokens
        made = tokens.create("ci", Role.ANNOTATOR, until)
        assert made.secret.startswith("anx_")
        shown = tokens.show(made.id)
        assert not hasattr(shown, "secret")
        assert shown.expires_at is not None
        assert abs(shown.expires_at - until) < timedelta(seconds=1)
        tokens.revoke(made.id)
    with Client(stage.url, made.secret) as ended, pytest.raises(NotSignedIn):
        ended.account.show()


def test_a_task_with_everything(stage: Stage) -> None:
    cast = stage.cast
    with stage.client(cast.dev) as client:
        scope = client.organization("acme").project(cast.project.id)
        made = scope.tasks.create(
            "Second", cast.training.id, state="paused", annotators=[cast.member_id(cast.anna)]
        )
        assert (made.state, [row.name for row in made.annotators]) == ("paused", ["Anna"])
        assert scope.tasks.change(made.id, state="open").state == "open"
        assert scope.board.show(dataset=cast.held_back.id).rows == []


class TestRefusals:
    """Each refusal has its class, its code and whose fault it is."""

    def test_the_fields_are_named(self, stage: Stage) -> None:
        with stage.client(stage.cast.dev) as client, pytest.raises(Problem) as caught:
            client.organization("acme").projects.create("", stage.cast.cluster.id, target_f=400)
        problem = caught.value
        assert (problem.code, problem.family) == ("request.invalid", Family.CUSTOMER)
        assert {each.field for each in problem.errors} == {"title", "target_f"}
        assert problem.title
        assert problem.what_to_do

    def test_a_wrong_token(self, stage: Stage) -> None:
        with Client(stage.url, "anx_wrong") as client, pytest.raises(NotSignedIn):
            client.account.show()

    def test_a_weak_role(self, stage: Stage) -> None:
        with (
            stage.client(stage.cast.dev, Role.ANNOTATOR) as client,
            pytest.raises(Forbidden, match="needs the role"),
        ):
            next(client.organization("acme").members.list())

    def test_another_organization_looks_missing(self, stage: Stage) -> None:
        with stage.client(stage.cast.dev) as client, pytest.raises(NotFound):
            next(client.organization("umbrella").projects.list())

    def test_a_name_that_is_taken(self, stage: Stage) -> None:
        with (
            stage.client(stage.cast.dev) as client,
            pytest.raises(Conflict, match="exists") as caught,
        ):
            client.organization("acme").project(project(stage)).datasets.create("train")
        assert caught.value.code == "resource.name_taken"

    def test_they_are_all_errors_of_the_package(self) -> None:
        assert not issubclass(BadInput, Problem)


def test_every_write_carries_a_key_of_its_own(stage: Stage) -> None:
    with stage.client(stage.cast.dev) as client:
        assets = client.organization("acme").project(project(stage)).assets
        first, second = assets.create("one", "data"), assets.create("two", "data")
    assert isinstance(first, Asset)
    assert first.id != second.id
    with tenant(stage.cast.acme.id):
        keys = IdempotencyRecord.objects.values_list("key", flat=True)
        assert len({uuid.UUID(key) for key in keys}) == 2


def test_the_asynchronous_client_has_the_same_nouns_and_verbs(stage: Stage) -> None:
    make_assets(stage, 60)

    token = stage.token(stage.cast.dev)

    async def play() -> tuple[str, int, str]:
        async with AsyncClient(stage.url, token, retries=QUICK) as client:
            me = await client.account.show()
            scope = client.organization("acme").project(stage.cast.project.id)
            made, listed = await asyncio.gather(
                scope.datasets.create("new"), _count(scope.assets.list())
            )
            with pytest.raises(NotFound):
                await client.organization("umbrella").projects.show(stage.cast.project.id)
        return me.name, listed, made.role

    assert asyncio.run(play()) == ("Dev", 62, "training")


async def _count(rows: Any) -> int:
    return len([row async for row in rows])
