"""The approval page: first logins are let in, never above one's own role, and out at once."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from annex.contract.enums import Role
from django.test import Client
from pytest_django import Settings

from tests.worker.annotate.test_query_counts import count
from tests.worker.cast import make_stage, sign_in
from tests.worker.oversight.conftest import approve
from tests.worker.people.control_plane import ControlPlane, enrol
from tests.worker.people.test_login import begin, come_back
from worker.people.actions import make_code
from worker.people.models import AccessRow, Session, Subject, What

pytestmark = pytest.mark.django_db


def waiting(name: str = "Ines", role: Role = Role.ANNOTATOR) -> Subject:
    return Subject.objects.create(id=uuid4(), name=name, code=make_code(), asked_role=role.value)


def decide(client: Client, verb: str, subject: UUID, **body: Any) -> Any:
    where = f"/api/people/{subject}/{verb}"
    return client.post(where, body, content_type="application/json")


def log_in(control_plane: ControlPlane, subject: UUID) -> tuple[Client, int]:
    client = Client()
    asked = begin(client)
    answer = come_back(
        client, control_plane.token(asked["nonce"], sub=str(subject)), asked["state"]
    )
    return client, answer.status_code


def test_a_first_login_waits_is_approved_and_comes_in(administrator: Client, olga: Subject) -> None:
    control_plane, subject = enrol(), uuid4()
    assert log_in(control_plane, subject)[1] == 403
    (shown,) = administrator.get("/api/people").json()["waiting"]
    assert (shown["id"], shown["name"], shown["asked_role"]) == (str(subject), "Ada", "annotator")
    assert len(shown["code"]) == 9

    people = decide(administrator, "approve", subject, role="reviewer").json()
    assert people["waiting"] == []
    (ada,) = [person for person in people["approved"] if person["name"] == "Ada"]
    assert (ada["approved_role"], ada["approved_by"]) == ("reviewer", "Olga")
    assert log_in(control_plane, subject)[1] == 303
    row = AccessRow.objects.get(what=What.PERSON_APPROVED, noun_id=subject)
    assert (row.subject, row.detail) == (olga.id, "reviewer")


def test_a_revoked_person_is_out_at_once_and_stays_out(administrator: Client) -> None:
    control_plane, subject = enrol(), approve("Ada", Role.DEVELOPER)
    client, status = log_in(control_plane, subject.id)
    assert (status, client.get("/api/session").status_code) == (303, 200)
    people = decide(administrator, "refuse", subject.id).json()
    assert [person["name"] for person in people["refused"]] == ["Ada"]
    assert client.get("/api/session").status_code == 401
    assert not Session.objects.filter(subject=subject).exists()
    assert log_in(control_plane, subject.id)[1] == 403
    assert administrator.get("/api/people").json()["waiting"] == []
    assert AccessRow.objects.filter(what=What.PERSON_REVOKED, noun_id=subject.id).count() == 1
    decide(administrator, "approve", subject.id, role="annotator")
    assert log_in(control_plane, subject.id)[1] == 303


def test_a_refused_login_is_told_so() -> None:
    control_plane, subject = enrol(), waiting()
    admin = sign_in(approve("Adam", Role.ADMIN), {})
    assert decide(admin, "refuse", subject.id).status_code == 200
    client = Client()
    asked = begin(client)
    token = control_plane.token(asked["nonce"], sub=str(subject.id))
    page = come_back(client, token, asked["state"]).content.decode()
    assert "You have not been let in" in page
    assert subject.code not in page
    assert AccessRow.objects.filter(what=What.PERSON_REFUSED).count() == 1


def test_nobody_goes_above_their_own_role(administrator: Client, olga: Subject) -> None:
    adam = approve("Adam", Role.ADMIN)
    admin, ines = sign_in(adam, {}), waiting()
    assert admin.get("/api/people").json()["roles"] == [
        "admin", "developer", "reviewer", "annotator",
    ]  # fmt: skip
    assert (
        decide(admin, "approve", ines.id, role="owner").json()["code"] == "people.above_your_role"
    )
    assert decide(admin, "refuse", olga.id).json()["code"] == "people.above_your_role"
    assert decide(admin, "approve", olga.id, role="annotator").status_code == 403
    assert decide(admin, "refuse", adam.id).json()["code"] == "people.yourself"
    assert decide(admin, "approve", adam.id, role="annotator").json()["code"] == "people.yourself"
    olga.refresh_from_db()
    assert (olga.approved_role, Subject.objects.get(id=ines.id).approved_role) == ("owner", "")
    assert decide(administrator, "approve", ines.id, role="owner").status_code == 200
    assert decide(admin, "approve", uuid4(), role="annotator").status_code == 404
    assert decide(admin, "approve", ines.id, role="king").status_code == 400


def test_an_admin_of_the_control_plane_alone_is_nobody_here() -> None:
    stage = make_stage()
    stage.person("Dora", Role.OWNER)
    dora = stage.people["Dora"]
    Subject.objects.filter(id=dora.id).update(approved_role=Role.DEVELOPER.value)
    client = sign_in(dora, {stage.project.id: Role.OWNER})
    assert client.get("/api/session").json()["administrator"] is False
    assert client.get("/api/people").status_code == 404
    assert decide(client, "approve", waiting().id, role="annotator").status_code == 404


def test_the_environment_can_leave_widening_to_the_command_line(
    administrator: Client, settings: Settings
) -> None:
    settings.ADMINISTRATION_IN_BROWSER = False
    ines, ada = waiting(), approve("Ada", Role.ANNOTATOR)
    assert administrator.get("/api/people").json()["may_approve"] is False
    refused = decide(administrator, "approve", ines.id, role="annotator")
    assert refused.json()["code"] == "people.command_line_only"
    assert decide(administrator, "refuse", ada.id).status_code == 200
    post = administrator.post
    assert post("/api/line/cut").status_code == 200
    assert post("/api/line/restore").json()["code"] == "people.command_line_only"


def test_lists_cost_the_same_for_many_people(administrator: Client) -> None:
    few = count(lambda: administrator.get("/api/people"))
    for number in range(20):
        approve(f"Person {number}", Role.ANNOTATOR)
        waiting(f"Newcomer {number}")
    assert count(lambda: administrator.get("/api/people")) == few
