"""The Line page: one control, who used it when, and what waits."""

from __future__ import annotations

from uuid import uuid4

import pytest
from annex.contract.enums import JobState
from annex.contract.outbound import JobStateChanged
from django.test import Client
from pytest_django import Settings

from worker.link.models import LinkState
from worker.link.outbox import emit
from worker.people.models import AccessRow, Subject, What

pytestmark = pytest.mark.django_db


def test_it_says_since_when_by_whom_and_what_waits(
    administrator: Client, olga: Subject, enrolled: LinkState
) -> None:
    assert administrator.get("/api/line").json()["state"] == "whole"
    cut = administrator.post("/api/line/cut").json()
    emit(JobStateChanged(job=uuid4(), job_epoch=1, state=JobState.RUNNING))
    again = administrator.post("/api/line/cut").json()
    assert (again["state"], again["cut"]["cut_by"]) == ("cut", "Olga")
    assert again["cut"]["cut_at"] == cut["cut"]["cut_at"]
    assert again["waiting_events"] == cut["waiting_events"] + 1
    whole = administrator.post("/api/line/restore").json()
    assert (whole["state"], whole["cut"], len(whole["history"])) == ("whole", None, 1)
    assert whole["history"][0]["restored_by"] == "Olga"
    noted = AccessRow.objects.filter(subject=olga.id).values_list("what", flat=True)
    assert list(noted.order_by("id")) == [What.LINE_CUT, What.LINE_RESTORED]


def test_a_line_that_the_installation_does_not_have_is_named(
    administrator: Client, settings: Settings
) -> None:
    assert administrator.get("/api/line").json()["state"] == "not_enrolled"
    settings.LINK_ENABLED = False
    assert administrator.get("/api/line").json()["state"] == "disabled"
