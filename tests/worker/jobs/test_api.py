"""A failure's page: the traceback is for developers of the project."""

from __future__ import annotations

import uuid

import pytest
from annex.contract.enums import Role

from tests.worker.cast import make_stage, sign_in
from worker.jobs.models import Attempt, Failure

pytestmark = pytest.mark.django_db


def test_traceback_is_for_developers_of_the_project() -> None:
    stage, other = make_stage(), make_stage("Other")
    attempt = Attempt.objects.create(
        job=uuid.uuid4(),
        epoch=1,
        project_id=stage.project.id,
        recipe="import.v1",
        lease_class="strict",
    )
    failure = Failure.objects.create(
        attempt=attempt, code="import.bad_rows", stage="reading", message="m", traceback="t"
    )
    developer = sign_in(stage.person("Dev", Role.DEVELOPER), {stage.project.id: Role.DEVELOPER})
    annotator = sign_in(stage.person("Ann", Role.ANNOTATOR), {stage.project.id: Role.ANNOTATOR})
    stranger = sign_in(other.person("Dev", Role.DEVELOPER), {other.project.id: Role.DEVELOPER})
    body = developer.get(f"/api/failures/{failure.ref}").json()
    assert (body["code"], body["stage"], body["traceback"]) == ("import.bad_rows", "reading", "t")
    assert annotator.get(f"/api/failures/{failure.ref}").status_code == 404
    assert stranger.get(f"/api/failures/{failure.ref}").status_code == 404
    assert developer.get(f"/api/failures/{uuid.uuid4()}").status_code == 404
