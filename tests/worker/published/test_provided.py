"""What a recipe's arguments name is laid beside its process, and nothing of another project."""

from __future__ import annotations

import io
import zipfile
from typing import Any
from uuid import uuid4

from tests.worker.cast import Stage, make_stage
from tests.worker.published.conftest import Staged, give_recipe
from worker.published.drawing import top_up
from worker.published.models import Stream, Text
from worker.store.files import stored_files
from worker.store.models import Artefact, Asset, Dataset, Example


def keep_model(stage: Stage) -> Artefact:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("meta.json", "{}")
        archive.writestr("ner/model", "x")
    packed.seek(0)
    key = f"models/{uuid4()}.zip"
    stored_files().put(key, packed)
    return Artefact.objects.create(
        project_id=stage.project.id, kind="model", file_key=key, file_name="m.zip",
        size_bytes=1, sha256="0" * 64,
    )  # fmt: skip


def run(stage: Stage, name: str, arguments: dict[str, Any]) -> str:
    """Give the task a recipe, draw from it and return why it does not run, if it does not."""
    give_recipe(stage, (stage.task.published or {}) | {"name": name, "arguments": arguments})
    top_up(stage.task.id)
    return stage.task.refusal


def test_labels_datasets_and_models(staged: Staged) -> None:
    stage, other = staged("unruly.slow", {"plain": True}), make_stage("Other")
    known = Dataset.objects.create(
        id=uuid4(), project_id=stage.project.id, name="n", role="training"
    )
    other.project, other.dataset = stage.project, known
    other.examples(["One.", "Two."])
    arguments = {
        "label": str(stage.labels[0].id),
        "dataset": str(known.id),
        "model": str(keep_model(stage).id),
    }
    assert run(stage, "unruly.given", arguments) == ""
    told = [example.text for example in Example.objects.visible_in([stage.dataset.id])]
    assert told == [
        "FIELD",
        '{"text":"One.","meta":{},"answers":[]} {"text":"Two.","meta":{},"answers":[]}',
        "meta.json model ner",
    ]


def test_what_is_of_another_project_is_not_there(staged: Staged) -> None:
    stage, other = staged("polite.letters", {}), make_stage("Other")
    of_other = other.project.id
    theirs = Asset.objects.create(
        id=uuid4(), project_id=of_other, name="x", kind="data", state="ready"
    )
    ours = Asset.objects.create(
        id=uuid4(), project_id=stage.project.id, name="x", kind="data", state="ready"
    )
    text = Text.objects.create(project_id=of_other, text="Secret.", written_by=uuid4())
    missing = "recipe.missing_resource"
    assert run(stage, "polite.replies", {"file": str(theirs.id)}) == missing
    both = {"file": str(ours.id), "greeting": str(text.id)}
    assert run(stage, "polite.replies", both) == missing
    assert Stream.objects.get(task_id=stage.task.id).state == "refused"
    assert not Example.objects.exists()


def test_endpoints_are_given_to_no_recipe(staged: Staged) -> None:
    stage = staged("unruly.slow", {"plain": True})
    assert run(stage, "unruly.calling", {"endpoint": str(uuid4())}) == "recipe.not_provided"
    assert run(stage, "unruly.calling", {"secret": str(uuid4())}) == "recipe.missing_resource"
    assert run(stage, "unruly.calling", {}) == ""
