"""Built-in recipes on a cluster: behind the fence, with its database around them."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from annex.contract.builtin import built_in_package, built_in_recipes
from annex.contract.enums import JobRecipe
from annex.contract.published import PublishedRecipe
from pytest_django import Settings

from tests.worker.annotate.conftest import join
from tests.worker.builtin import samples
from tests.worker.cast import Stage, make_stage
from tests.worker.published.conftest import give_recipe
from tests.worker.recipes.conftest import RunJob, run_job
from worker.jobs.models import Failure
from worker.link.models import OutboxEvent
from worker.projects.models import BY_RECIPE
from worker.published.drawing import top_up
from worker.published.models import Stream
from worker.store.files import stored_files
from worker.store.models import Answer, Artefact, Asset, Dataset, Example, Suggestion

__all__ = ["run_job"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def cluster(settings: Settings, tmp_path: Path) -> Settings:
    settings.LOCAL_FOLDER = tmp_path
    return settings


@pytest.fixture
def stage() -> Stage:
    stage = make_stage()
    # As a snapshot has it of a task whose recipe suggests.
    stage.task.suggestions_kind, stage.task.suggestions_id = BY_RECIPE, stage.task.id
    for label, name in zip(stage.labels, samples.LABELS, strict=True):
        label.name = name
        label.save()
    return stage


def told(name: str, arguments: dict[str, Any]) -> PublishedRecipe:
    package, recipe = built_in_package(), built_in_recipes()[name]
    return PublishedRecipe(
        package=package.name,
        package_version=package.version,
        # Of another release: words may differ, name and version decide.
        digest="0" * 64,
        name=recipe.name,
        version=recipe.version,
        arguments=arguments,
    )


def source_of(stage: Stage) -> Dataset:
    """Make a dataset of the samples, in which people have marked brands."""
    source = Dataset.objects.create(
        id=uuid4(), project_id=stage.project.id, name="source", role="training"
    )
    own, stage.dataset = stage.dataset, source
    examples = stage.examples(list(samples.WORDS))
    stage.dataset = own
    for example, word in zip(examples, samples.WORDS.values(), strict=True):
        start = example.text.index(word)
        mark = {"start": start, "end": start + len(word), "label": str(stage.labels[0].id)}
        for annotator in samples.ANNOTATORS:
            answer(example, annotator, spans=[mark])
    return source


def answer(example: Example, annotator: UUID, **said: Any) -> None:
    Answer.objects.create(
        id=uuid4(), example=example, annotator=annotator, verdict="accept",
        answered_at="2026-11-26T12:00:00Z", **said,
    )  # fmt: skip


def model_of(stage: Stage, tmp_path: Path) -> Artefact:
    folder, packed = Path(samples.model(tmp_path, ["ner"])), BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path in filter(Path.is_file, folder.rglob("*")):
            archive.write(path, path.relative_to(folder))
    packed.seek(0)
    key = f"models/{uuid4()}.zip"
    stored_files().put(key, packed)
    return Artefact.objects.create(
        project_id=stage.project.id, kind="model", file_key=key, file_name="m.zip",
        size_bytes=1, sha256="0" * 64,
    )  # fmt: skip


def patterns_of(stage: Stage) -> Asset:
    line = json.dumps({"label": "BRAND", "pattern": "Acme"}) + "\n"
    stored_files().put("patterns/acme.jsonl", BytesIO(line.encode()))
    return Asset.objects.create(
        id=uuid4(), project_id=stage.project.id, name="brands", kind="patterns", state="ready",
        file_key="patterns/acme.jsonl", file_name="acme.jsonl",
    )  # fmt: skip


def test_a_task_comes_with_what_patterns_have_marked(stage: Stage) -> None:
    arguments = {"source": str(source_of(stage).id), "patterns": str(patterns_of(stage).id)}
    stream = give_recipe(stage, told("ner.manual.v1", arguments).model_dump(mode="json"))
    top_up(stage.task.id)
    stream.refresh_from_db()
    assert stream.state == Stream.State.ENDED, stream.failure and stream.failure.message
    assert Example.objects.visible_in([stage.dataset.id]).count() == len(samples.WORDS)
    marked = Suggestion.objects.filter(example__dataset=stage.dataset).exclude(spans=[])
    assert marked.count() == list(samples.WORDS.values()).count("Acme")
    with_acme = Example.objects.get(dataset=stage.dataset, text__startswith="0 Acme")
    batch = join(stage, "Ada").batch(20)
    shown = {each["text"]: each["suggestions"] for each in batch["examples"]}
    assert [(span["start"], span["end"]) for span in shown[with_acme.text]] == [(2, 6)]


def test_a_model_marks_what_is_to_be_corrected(stage: Stage, tmp_path: Path) -> None:
    model = model_of(stage, tmp_path)
    arguments = {"source": str(source_of(stage).id), "model": str(model.id), "seed": 3}
    stream = give_recipe(stage, told("ner.correct.v1", arguments).model_dump(mode="json"))
    top_up(stage.task.id)
    stream.refresh_from_db()
    assert stream.state == Stream.State.ENDED, stream.failure and stream.failure.traceback
    suggested = Suggestion.objects.filter(example__dataset=stage.dataset)
    assert suggested.count() == len(samples.WORDS)


def test_a_job_adds_to_a_dataset_what_it_has_merged(stage: Stage, run_job: RunJob) -> None:
    first, second = source_of(stage), source_of(stage)
    one = Example.objects.visible_in([second.id])[0]
    answer(one, UUID(int=13), spans=None, choices=[stage.labels[1].id])
    held = Example.objects.visible_in([first.id])[5]
    stage.dataset, own = stage.evaluation, stage.dataset
    stage.examples([held.text.upper()])
    arguments = {"sources": [str(first.id), str(second.id)], "into": str(own.id)}
    attempt = run_job(JobRecipe.PUBLISHED, stage.project.id, told("merge.v1", arguments))
    assert attempt.state == "succeeded", Failure.objects.get().message
    merged = Example.objects.visible_in([own.id])
    # What is like a held-back example but for its digits stays out.
    assert merged.count() == [*samples.WORDS.values()].count("Crane") * 2
    assert not merged.filter(text__contains="Crane").exists()
    answers = Answer.objects.filter(example__dataset=own, example__text=one.text)
    assert {(each.annotator.int, each.spans is None) for each in answers} == {
        (11, False), (12, False), (13, True),
    }  # fmt: skip
    # Of how much it adds, no count crosses while it is at it.
    assert "writing" not in str(list(OutboxEvent.objects.values_list("body", flat=True)))


def test_a_job_cannot_add_to_what_is_held_back(stage: Stage, run_job: RunJob) -> None:
    arguments = {"sources": [str(source_of(stage).id)], "into": str(stage.evaluation.id)}
    attempt = run_job(JobRecipe.PUBLISHED, stage.project.id, told("merge.v1", arguments))
    assert (attempt.state, Failure.objects.get().code) == ("failed", "recipe.failed")
    assert not Example.objects.visible_in([stage.evaluation.id]).exists()


def test_figures_are_downloaded(stage: Stage, run_job: RunJob) -> None:
    arguments = {"source": str(source_of(stage).id)}
    attempt = run_job(JobRecipe.PUBLISHED, stage.project.id, told("stats.v1", arguments))
    assert attempt.state == "succeeded", Failure.objects.get().message
    kept = Artefact.objects.get(id=attempt.job)
    with zipfile.ZipFile(stored_files().path(kept.file_key)) as packed:
        figures = json.loads(packed.read("stats.json"))
    assert figures["examples"] == len(samples.WORDS)
    assert figures["labels"] == {"BRAND": 2 * len(samples.WORDS)}
