"""A model's page: developers of its project see all figures; everyone else sees nothing."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from io import BytesIO

import pytest
from annex.contract.enums import Role

from tests.worker.cast import Stage, make_stage, sign_in
from worker.people.models import AccessRow, What
from worker.projects.models import ModelName
from worker.store.files import stored_files
from worker.store.models import Artefact
from worker.training.models import Evaluation, TrainedModel

pytestmark = pytest.mark.django_db


def keep_model(stage: Stage, *, packaged: bool) -> TrainedModel:
    model_id, wheel_id = uuid.uuid4(), uuid.uuid4()
    if packaged:
        written = stored_files().put(f"wheels/{wheel_id}.whl", BytesIO(b"wheel bytes"))
        Artefact.objects.create(
            id=wheel_id,
            project_id=stage.project.id,
            kind="wheel",
            file_key=f"wheels/{wheel_id}.whl",
            file_name="annex_model_0-1.0.0-py3-none-any.whl",
            size_bytes=written.size_bytes,
            sha256=written.sha256,
        )
    ModelName.objects.create(id=model_id, project=stage.project, name="Parts finder")
    return TrainedModel.objects.create(
        id=model_id,
        project_id=stage.project.id,
        component="ner",
        labels={"VALUE": "2", "FIELD": "1"},
        config="[nlp]",
        seed=4,
        snapshot="0" * 64,
        training_examples=40,
        size_bytes=1000,
        artefact=model_id,
        wheel=wheel_id if packaged else None,
        trained_at=datetime(2025, 1, 1, tzinfo=UTC),
    )


def test_developer_sees_the_model_with_small_labels_too() -> None:
    stage = make_stage()
    model = keep_model(stage, packaged=True)
    Evaluation.objects.create(
        id=uuid.uuid4(),
        project_id=stage.project.id,
        predictor_kind="model",
        predictor_id=model.id,
        dataset_id=stage.evaluation.id,
        evaluation_examples=15,
        scores={"overall": {"f": 0.5}, "per_label": {"FIELD": {"f": 0.1, "support": 2}}},
        words_per_second=1.0,
        size_bytes=1000,
    )
    client = sign_in(stage.person("Dev", Role.DEVELOPER), {stage.project.id: Role.DEVELOPER})
    body = client.get(f"/api/models/{model.id}").json()
    assert (body["name"], body["labels"], body["seed"]) == ("Parts finder", ["FIELD", "VALUE"], 4)
    assert body["evaluations"][0]["scores"]["per_label"]["FIELD"]["support"] == 2
    assert body["wheel"]["size_bytes"] == len(b"wheel bytes")


def test_wheel_downloads_once_packaged_and_leaves_a_row() -> None:
    stage = make_stage()
    model, plain = keep_model(stage, packaged=True), keep_model(stage, packaged=False)
    client = sign_in(stage.person("Dev", Role.DEVELOPER), {stage.project.id: Role.DEVELOPER})
    answer = client.get(f"/api/models/{model.id}/wheel")
    assert answer.streaming
    assert b"".join(answer) == b"wheel bytes"
    assert "annex_model_0-1.0.0-py3-none-any.whl" in answer["Content-Disposition"]
    assert AccessRow.objects.filter(what=What.MODEL_DOWNLOADED).count() == 1
    assert client.get(f"/api/models/{plain.id}/wheel").status_code == 404


@pytest.mark.parametrize("suffix", ["", "/wheel"])
def test_others_see_nothing(suffix: str) -> None:
    stage, other = make_stage(), make_stage("Other")
    model = keep_model(stage, packaged=True)
    annotator = sign_in(stage.person("Ann", Role.ANNOTATOR), {stage.project.id: Role.ANNOTATOR})
    stranger = sign_in(other.person("Dev", Role.DEVELOPER), {other.project.id: Role.DEVELOPER})
    missing = f"/api/models/{uuid.uuid4()}{suffix}"
    for client in (annotator, stranger):
        assert client.get(f"/api/models/{model.id}{suffix}").status_code == 404
        assert client.get(missing).status_code == 404
