"""Applying a project's configuration."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from annex.contract.inbound import ConfigSnapshot

from worker.link.commands import CommandRefused, run_handler
from worker.projects import hooks
from worker.projects.actions import apply_snapshot
from worker.projects.hooks import AppliedSnapshot, on_snapshot
from worker.projects.models import (
    Combination,
    Label,
    ModelName,
    Person,
    Project,
    Task,
    TaskAnnotator,
)
from worker.store.models import Asset, Dataset

pytestmark = pytest.mark.django_db

IDS = {name: str(uuid.uuid5(uuid.NAMESPACE_URL, name)) for name in (
    "project", "label", "other-label", "dataset", "held", "asset", "model", "task", "ann", "bob",
)}  # fmt: skip


def snapshot(version: int = 1, **changes: Any) -> ConfigSnapshot:
    body = {
        "project": IDS["project"], "title": "Parts", "version": version,
        "labels": [
            {"id": IDS["label"], "name": "FIELD", "colour": "#1f6f5c", "key": "1", "position": 0},
            {"id": IDS["other-label"], "name": "VALUE", "colour": "#1f6f5c", "position": 1},
        ],
        "datasets": [
            {"id": IDS["dataset"], "name": "main", "role": "training"},
            {"id": IDS["held"], "name": "held back", "role": "evaluation"},
        ],
        "assets": [{
            "id": IDS["asset"], "name": "rows", "kind": "data", "dataset": IDS["dataset"],
            "evaluation_dataset": IDS["held"],
        }],
        "models": [{"id": IDS["model"], "name": "small"}],
        "tasks": [task()],
        "people": [person("ann"), person("bob", "developer")],
    }  # fmt: skip
    return ConfigSnapshot.model_validate(body | changes)


def task(**changes: Any) -> dict[str, Any]:
    return {
        "id": IDS["task"], "title": "By hand", "recipe": "ner.manual.v1", "state": "open",
        "dataset": IDS["dataset"], "labels": [IDS["label"]], "annotators": [IDS["ann"]],
    } | changes  # fmt: skip


def person(name: str, role: str = "annotator") -> dict[str, Any]:
    return {"subject": IDS[name], "name": name, "role": role}


@pytest.fixture
def followed(monkeypatch: pytest.MonkeyPatch) -> list[AppliedSnapshot]:
    """Return what a follower was told, besides the rooms that follow anyway."""
    told: list[AppliedSnapshot] = []
    monkeypatch.setattr(hooks, "_followers", list(hooks._followers))
    on_snapshot(told.append)
    return told


def test_a_recipe_of_ones_own_is_mirrored_whole_and_its_arguments_count(
    followed: list[AppliedSnapshot],
) -> None:
    published = {
        "package": "polite-recipes", "package_version": "1.0.0", "digest": "0" * 64,
        "name": "polite.letters", "version": 1, "arguments": {"count": 5},
    }  # fmt: skip
    for version, arguments in ((1, {"count": 5}), (2, {"count": 5}), (3, {"count": 6})):
        recipe = published | {"arguments": arguments}
        tasks = [task(recipe="published.v1", published=recipe)]
        assert apply_snapshot(snapshot(version, tasks=tasks))
        assert Task.objects.get().published == recipe
    changed = [bool(applied.changed_tasks) for applied in followed]
    assert changed == [True, False, True]
    assert Task.objects.get().refusal == "recipe.not_installed"


def test_a_snapshot_makes_every_mirror(followed: list[AppliedSnapshot]) -> None:
    assert apply_snapshot(snapshot())
    assert Project.objects.get().title == "Parts"
    assert list(Label.objects.values_list("name", "key")) == [("FIELD", "1"), ("VALUE", "")]
    assert {str(d.id): d.role for d in Dataset.objects.all()} == {
        IDS["dataset"]: "training", IDS["held"]: "evaluation",
    }  # fmt: skip
    asset = Asset.objects.get()
    assert (asset.state, str(asset.evaluation_dataset_id)) == ("empty", IDS["held"])
    assert ModelName.objects.get().name == "small"
    assert str(TaskAnnotator.objects.get().subject) == IDS["ann"]
    assert {p.name: p.role for p in Person.objects.all()} == {
        "ann": "annotator", "bob": "developer",
    }  # fmt: skip
    assert followed[0].changed_tasks == {uuid.UUID(IDS["task"])}


def test_the_same_and_older_versions_change_nothing(followed: list[AppliedSnapshot]) -> None:
    apply_snapshot(snapshot(version=5))
    assert not apply_snapshot(snapshot(version=5, title="Again"))
    assert not apply_snapshot(snapshot(version=4, title="Late"))
    assert Project.objects.get().title == "Parts"
    assert len(followed) == 1


def test_what_is_gone_is_closed_and_never_deleted(followed: list[AppliedSnapshot]) -> None:
    apply_snapshot(snapshot())
    apply_snapshot(
        snapshot(
            2, labels=[snapshot().labels[0].model_dump(mode="json")], tasks=[],
            people=[person("bob")],
            datasets=[], assets=[],
        )
    )  # fmt: skip
    assert dict(Label.objects.values_list("name", "retired")) == {"FIELD": False, "VALUE": True}
    assert Task.objects.get().state == "closed"
    assert not TaskAnnotator.objects.exists()
    assert (Dataset.objects.count(), Asset.objects.count()) == (2, 1)
    assert followed[1].closed_tasks == {uuid.UUID(IDS["task"])}
    assert followed[1].removed_people == {uuid.UUID(IDS["ann"])}
    assert [p.name for p in Person.objects.all()] == ["bob"]


def test_only_tasks_that_differ_are_said_to_have_changed(followed: list[AppliedSnapshot]) -> None:
    apply_snapshot(snapshot())
    apply_snapshot(snapshot(2, title="Renamed"))
    assert followed[1].changed_tasks == frozenset()
    apply_snapshot(snapshot(3, tasks=[task(annotators=[IDS["ann"], IDS["bob"]])]))
    assert followed[2].changed_tasks == {uuid.UUID(IDS["task"])}
    apply_snapshot(snapshot(4, tasks=[task(overlap=2)]))
    assert Task.objects.get().overlap == 2


def test_a_snapshot_keeps_the_state_of_an_assets_file() -> None:
    apply_snapshot(snapshot())
    Asset.objects.update(state="ready", file_key="uploads/x", rows=5)
    apply_snapshot(snapshot(2))
    asset = Asset.objects.get()
    assert (asset.state, asset.file_key, asset.rows) == ("ready", "uploads/x", 5)


@pytest.mark.parametrize("taken", ["label", "task", "model", "dataset", "asset"])
def test_an_id_of_another_project_is_refused_whole(taken: str) -> None:
    apply_snapshot(snapshot())
    fresh = {name: str(uuid.uuid4()) for name in IDS if name != taken}
    text = snapshot().model_dump_json()
    for name, new in fresh.items():
        text = text.replace(IDS[name], new)
    thief = ConfigSnapshot.model_validate_json(text)
    with pytest.raises(CommandRefused):
        run_handler(uuid.uuid4(), thief)
    assert Task.objects.count() == 1
    assert not Label.objects.exclude(project_id=IDS["project"]).exists()


def test_a_task_cannot_show_another_projects_dataset() -> None:
    apply_snapshot(snapshot())
    thief = ConfigSnapshot.model_validate(
        {
            "project": str(uuid.uuid4()), "title": "Thief", "version": 1, "labels": [],
            "datasets": [], "assets": [], "models": [], "people": [],
            "tasks": [task(id=str(uuid.uuid4()), labels=[str(uuid.uuid4())])],
        }
    )  # fmt: skip
    with pytest.raises(CommandRefused):
        run_handler(uuid.uuid4(), thief)
    assert Task.objects.count() == 1


def test_a_combination_comes_with_its_parts_and_no_other_project_takes_it() -> None:
    both = {"id": str(uuid.uuid4()), "name": "both", "rules": IDS["asset"], "model": IDS["model"]}
    apply_snapshot(snapshot(combinations=[both]))
    made = Combination.objects.get(project_id=IDS["project"])
    assert (str(made.id), made.name) == (both["id"], "both")
    assert (str(made.rules), str(made.model)) == (IDS["asset"], IDS["model"])
    bare: dict[str, Any] = {
        name: [] for name in ("labels", "datasets", "assets", "models", "tasks", "people")
    }
    other = snapshot(project=str(uuid.uuid4()), combinations=[both], **bare)
    with pytest.raises(CommandRefused):
        run_handler(uuid.uuid4(), other)
    assert Combination.objects.get(id=both["id"]).project_id == made.project_id


def test_a_snapshot_without_combinations_is_as_it_was() -> None:
    assert "combinations" not in snapshot().model_dump(mode="json")
