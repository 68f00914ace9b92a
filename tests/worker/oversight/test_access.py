"""The access log: every way to text leaves a row, reading costs the hot path nothing."""

from __future__ import annotations

import csv
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from annex.contract.enums import Role
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from common.environment import REGISTRY
from tests.worker.annotate.conftest import TEXTS, Annotator, join, stage_with
from tests.worker.annotate.test_query_counts import count
from tests.worker.cast import sign_in
from worker.people.access_log import count_access, note_access
from worker.people.models import AccessRow, Subject, What
from worker.people.tasks import forget_old_access_task
from worker.queue.reads import note_reads
from worker.store.models import Asset

pytestmark = pytest.mark.django_db


def counted(what: What) -> dict[UUID | None, int]:
    return dict(AccessRow.objects.filter(what=what).values_list("subject", "count"))


def test_what_is_handed_out_is_counted_by_person_task_and_day() -> None:
    stage = stage_with(TEXTS)
    ada, ben = join(stage, "Ada"), join(stage, "Ben")
    held = [row["id"] for row in ada.batch(2)["examples"]]
    ada.batch(1, holding=held)
    ben.batch(2)
    assert note_reads() == 2
    assert counted(What.EXAMPLES_READ) == {ada.subject.id: 3, ben.subject.id: 2}
    assert note_reads() == 0
    # A reload shows the same ones again; an empty queue hands out nothing.
    ada.batch(3)
    ben.batch(5, holding=[row["id"] for row in ben.batch(5)["examples"]])
    note_reads()
    assert counted(What.EXAMPLES_READ) == {ada.subject.id: 3, ben.subject.id: 2}
    assert AccessRow.objects.filter(what=What.EXAMPLES_READ).count() == 2


def test_examples_taken_over_from_somebody_else_are_counted() -> None:
    stage = stage_with(TEXTS)
    ada, ben = join(stage, "Ada"), join(stage, "Ben")
    ada.batch(5)
    taken = ben.batch(5)["examples"]
    note_reads()
    assert len(taken) == 3
    assert counted(What.EXAMPLES_READ) == {ada.subject.id: 5, ben.subject.id: 3}


def test_the_log_costs_a_batch_and_a_save_nothing() -> None:
    ada = join(stage_with(TEXTS), "Ada")
    before = AccessRow.objects.count()
    example = ada.batch(3)["examples"][0]["id"]
    assert ada.save(example).status_code == 201
    assert AccessRow.objects.count() == before


def test_looking_at_answers_again_adds_to_one_row_a_day(ada: Annotator) -> None:
    first, second, *_ = [row["id"] for row in ada.batch()["examples"]]
    ada.client.get(ada.url("/history"))
    ada.save(first)
    ada.save(second)
    for _ in range(2):
        ada.client.get(ada.url("/history"))
    ada.client.get(ada.url(f"/examples/{first}"))
    row = AccessRow.objects.get(what=What.ANSWERS_READ)
    assert (row.subject, row.noun_id, row.count) == (ada.subject.id, ada.stage.task.id, 5)
    assert row.first_at < row.last_at


@pytest.fixture
def ada() -> Annotator:
    return join(stage_with(TEXTS), "Ada")


def test_rules_are_logged_and_a_refused_reader_leaves_nothing(ada: Annotator) -> None:
    rules = Asset.objects.create(
        id=uuid4(), project_id=ada.stage.project.id, name="Casing", kind="patterns"
    )
    dora = ada.stage.person("Dora", Role.DEVELOPER)
    assert ada.client.get(f"/api/assets/{rules.id}/patterns").status_code == 404
    assert counted(What.RULES_READ) == {}
    client = sign_in(dora, {ada.stage.project.id: Role.DEVELOPER})
    assert client.get(f"/api/assets/{rules.id}/patterns").status_code == 200
    assert counted(What.RULES_READ) == {dora.id: 1}


def fill(subject: UUID, days: int) -> None:
    for back in range(days):
        row = note_access(What.MODEL_DOWNLOADED, subject=subject, noun=uuid4())
        day = timezone.now().date() - timedelta(days=back)
        AccessRow.objects.filter(pk=row.pk).update(day=day)


def page(client: Client, **query: Any) -> dict[str, Any]:
    answer = client.get("/api/access", query)
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def test_rows_are_found_by_person_kind_and_day(
    administrator: Client, olga: Subject, ada: Annotator
) -> None:
    fill(olga.id, 3)
    count_access(What.EXAMPLES_READ, subject=ada.subject.id, noun=ada.stage.task.id, count=7)
    (row,) = page(administrator, subject=ada.subject.id)["rows"]
    assert (row["person"], row["of"], row["count"]) == ("Ada", ada.stage.task.title, 7)
    assert len(page(administrator, what="model.downloaded")["rows"]) == 3
    since = timezone.now().date() - timedelta(days=1)
    assert len(page(administrator, what="model.downloaded", since=since)["rows"]) == 2
    assert len(page(administrator, what="model.downloaded", until=since)["rows"]) == 2
    assert {p["name"] for p in page(administrator)["people"]} == {"Olga", "Ada"}
    for wrong in ("what=nothing", "since=yesterday", "subject=x", "more=1"):
        assert administrator.get(f"/api/access?{wrong}").status_code == 400


def test_pages_follow_on_and_cost_the_same(administrator: Client, olga: Subject) -> None:
    fill(olga.id, 120)
    seen: list[int] = []
    before: dict[str, int] = {}
    while True:
        found = page(administrator, what="model.downloaded", **before)
        seen += [row["id"] for row in found["rows"]]
        if found["next"] is None:
            break
        before = {"before": found["next"]}
    assert len(seen) == len(set(seen)) == 120
    assert seen == sorted(seen, reverse=True)
    shallow = count(lambda: administrator.get("/api/access"))
    assert shallow == count(lambda: administrator.get(f"/api/access?before={seen[60]}")) <= 9


def test_the_csv_holds_every_row_and_no_formula(
    administrator: Client, olga: Subject, ada: Annotator
) -> None:
    Subject.objects.filter(id=ada.subject.id).update(name="=HYPERLINK(1)")
    fill(olga.id, 60)
    note_access(What.EXPORT_DOWNLOADED, subject=ada.subject.id, noun=uuid4(), count=9)
    text = b"".join(administrator.get("/api/access/file")).decode()
    rows = list(csv.DictReader(text.splitlines()))
    assert len(rows) == AccessRow.objects.count()
    assert rows[0]["what"] == "log.downloaded"
    (export,) = [row for row in rows if row["what"] == "export.downloaded"]
    assert (export["person"], export["count"]) == ("'=HYPERLINK(1)", "9")


def test_old_rows_are_forgotten_after_the_time_that_was_declared(
    olga: Subject, settings: Settings
) -> None:
    fill(olga.id, 3)
    settings.ACCESS_LOG_DAYS = 1
    forget_old_access_task()
    assert AccessRow.objects.filter(what=What.MODEL_DOWNLOADED).count() == 2
    assert REGISTRY["ANNEX_ACCESS_LOG_DAYS"].unit == "days"
