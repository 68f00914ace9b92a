"""Definitions of labels: written by developers, read by annotators, never sent anywhere."""

from __future__ import annotations

import pytest
from annex.contract.enums import Role

from tests.worker.cast import make_stage, sign_in
from worker.link.models import OutboxEvent
from worker.projects.models import Label

pytestmark = pytest.mark.django_db


def test_what_developers_write_is_what_annotators_read() -> None:
    stage = make_stage()
    mine = stage.project.id
    developer = sign_in(stage.person("Dev", Role.DEVELOPER), {mine: Role.DEVELOPER})
    ada = sign_in(stage.person("Ada", Role.ANNOTATOR, on_task=True), {mine: Role.ANNOTATOR})
    field, value = stage.labels
    url = f"/api/projects/{mine}/labels"
    body = {"text": "A name.", "counts": ["NextToken"], "counts_not": ["a token"]}
    told = OutboxEvent.objects.count()
    saved = developer.put(f"{url}/{field.id}", body, content_type="application/json")
    assert saved.status_code == 200
    assert saved.json() == developer.get(url).json()
    assert [(row["name"], row["text"]) for row in saved.json()["labels"]] == [
        ("FIELD", "A name."),
        ("VALUE", ""),
    ]
    shown = ada.get(f"/api/tasks/{stage.task.id}").json()["labels"]
    assert [label["definition"] for label in shown] == [body, None]
    assert OutboxEvent.objects.count() == told
    Label.objects.filter(id=value.id).update(retired=True)
    assert [row["name"] for row in developer.get(url).json()["labels"]] == ["FIELD"]


@pytest.mark.parametrize(
    "body",
    [{"counts": ["x" * 501]}, {"counts": [""]}, {"text": "a\0"}, {"counts": ["x"] * 21}],
)
def test_what_no_screen_could_show_is_refused(body: dict[str, object]) -> None:
    stage = make_stage()
    mine = stage.project.id
    developer = sign_in(stage.person("Dev", Role.DEVELOPER), {mine: Role.DEVELOPER})
    url = f"/api/projects/{mine}/labels/{stage.labels[0].id}"
    assert developer.put(url, body, content_type="application/json").status_code == 400


def test_a_label_of_another_project_is_not_there() -> None:
    stage, other = make_stage(), make_stage("Other")
    mine = stage.project.id
    developer = sign_in(stage.person("Dev", Role.DEVELOPER), {mine: Role.DEVELOPER})
    url = f"/api/projects/{mine}/labels/{other.labels[0].id}"
    assert developer.put(url, {"text": "x"}, content_type="application/json").status_code == 404
