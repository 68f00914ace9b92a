"""Tasks that run a published recipe: checked arguments, and what their cluster is told."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from annex.contract import fields as f
from annex.contract.enums import TaskRecipe
from annex.contract.published import RecipeKind, RecipePackage, View
from django.utils import timezone

from controlplane.board.models import TrainedModel
from controlplane.lib.tenancy import tenant
from controlplane.projects.secrets import create_secret
from controlplane.recipes.actions import register_package
from tests.api.test_projects import BASE, latest_snapshot, send
from tests.controlplane.cast import Cast, browser
from tests.controlplane.packages import a_package, a_recipe


def register(cast: Cast, package: RecipePackage | None = None) -> RecipePackage:
    package = package or a_package()
    with tenant(cast.acme.id):
        register_package(actor=cast.actor(cast.dev), cluster=cast.cluster, package=package)
    return package


def create(cast: Cast, arguments: Any, **body: Any) -> Any:
    asked = {"title": "Politeness", "recipe": "polite.check.v1", "arguments": arguments} | body
    return send(browser(cast.dev), "POST", f"{BASE}/projects/{cast.project.id}/tasks", asked)


def test_a_task_of_a_published_recipe_is_in_the_snapshot(cast: Cast) -> None:
    package = register(cast)
    made = create(cast, {"limits": [{"low": 1}]})
    assert made.status_code == 201, made.content
    arguments = {
        "limits": [{"low": 1, "high": 9}],
        **dict.fromkeys(["dataset", "rules", "model", "label", "secret"]),
    }
    task = made.json()
    assert (task["recipe"], task["view"]) == ("polite.check.v1", "spans")
    assert task["package"] == {"name": "polite", "version": "1.2.0"}
    assert task["arguments"] == arguments
    told = latest_snapshot(cast).tasks[-1]
    assert told.recipe is TaskRecipe.PUBLISHED
    assert told.published
    assert told.published.model_dump() == {
        "package": "polite",
        "package_version": "1.2.0",
        "digest": package.digest(),
        "name": "polite.check",
        "version": 1,
        "arguments": arguments,
    }


@pytest.mark.parametrize(
    ("view", "shown"), [(View.TEXT, 0), (View.COMPARE, 0), (View.MARK, 2), (View.CHOICES, 2)]
)
def test_only_views_that_ask_for_labels_need_some(cast: Cast, view: View, shown: int) -> None:
    register(cast, a_package(a_recipe(view=view)))
    made = create(cast, {"limits": [{"low": 1}]}).json()
    assert (made["view"], len(made["labels"])) == (view.value, shown)
    assert len(latest_snapshot(cast).tasks[-1].labels) == shown
    with tenant(cast.acme.id):
        cast.project.labels.update(retired=True)
    again = create(cast, {"limits": [{"low": 1}]}, title="Again")
    if view.needs_labels:
        assert (again.status_code, again.json()["field"]) == (400, "labels")
    else:
        assert (again.status_code, again.json()["labels"]) == (201, [])


def test_its_stream_gets_a_dataset_named_after_the_task(cast: Cast) -> None:
    register(cast)
    for name in ("Politeness", "Politeness 2"):
        assert create(cast, {"limits": []}).status_code == 201
        snapshot = latest_snapshot(cast)
        assert snapshot.datasets[-1].name == name
        assert snapshot.tasks[-1].dataset == snapshot.datasets[-1].id
    given = create(cast, {"limits": []}, dataset=str(cast.training.id))
    assert given.json()["dataset"] == str(cast.training.id)


def test_a_recipe_that_shows_a_dataset_needs_one(cast: Cast) -> None:
    without = create(cast, {}, recipe="ner.manual.v1")
    assert (without.status_code, without.json()["field"]) == (400, "dataset")
    dataset = str(cast.training.id)
    extra = create(cast, {"speed": 1}, recipe="ner.manual.v1", dataset=dataset)
    assert (extra.status_code, extra.json()["field"]) == (400, "arguments.speed")
    unused = create(cast, {"seed": 1}, recipe="ner.manual.v1", dataset=dataset)
    assert (unused.status_code, unused.json()["field"]) == (400, "arguments.source")
    made = create(cast, {}, recipe="textcat.manual.v1", dataset=dataset)
    assert (made.json()["recipe"], made.json()["view"]) == ("textcat.manual.v1", "choices")
    assert (made.json()["package"], made.json()["arguments"]["source"]) == (None, None)
    assert latest_snapshot(cast).tasks[-1].published is None


@pytest.mark.parametrize("recipe", ["published.v1", "polite.check.v2", "polite.check", "x", "a.v0"])
def test_a_recipe_that_is_not_there_is_refused(cast: Cast, recipe: str) -> None:
    register(cast)
    answer = create(cast, {"limits": []}, recipe=recipe)
    assert (answer.status_code, answer.json()["field"]) == (400, "recipe")


def test_a_recipe_of_another_cluster_or_for_jobs_is_refused(cast: Cast) -> None:
    assert create(cast, {"limits": []}).json()["field"] == "recipe"
    job = a_recipe("polite.count", kind=RecipeKind.JOB, view=None)
    register(cast, a_package(a_recipe(), job))
    refused = create(cast, {"limits": []}, recipe="polite.count.v1")
    assert (refused.status_code, refused.json()["field"]) == (400, "recipe")
    assert create(cast, {"limits": []}).status_code == 201


def test_wrong_arguments_are_named_by_their_place(cast: Cast) -> None:
    register(cast)
    answer = create(cast, {"limits": [{"low": 1}, {"low": -1, "high": 100}], "speed": 1})
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [
        "arguments.limits.1.low",
        "arguments.limits.1.high",
        "arguments.speed",
    ]


def test_ids_among_the_arguments_must_be_the_projects_own(cast: Cast) -> None:
    register(cast)
    with tenant(cast.acme.id):
        TrainedModel.objects.filter(pk=cast.model.pk).update(trained_at=timezone.now())
        secret = create_secret(actor=cast.actor(cast.dev), project=cast.project, name="api-key")
    own = {
        "secret": str(secret.id),
        "dataset": str(cast.training.id),
        "rules": str(cast.patterns.id),
        "model": str(cast.model.id),
        "label": str(cast.labels[0].id),
    }
    stranger = str(uuid4())
    # Another kind of the same project is as missing as what nobody ever minted.
    wrong: dict[str, list[str]] = {
        "dataset": [stranger, str(cast.held_back.id), str(cast.patterns.id)],
        "rules": [stranger, str(cast.data.id)],
        "model": [stranger],
        "label": [stranger, str(cast.model.id)],
        "secret": [stranger, str(cast.labels[0].id)],
    }
    assert create(cast, {"limits": [], **own}).status_code == 201
    for name, ids in wrong.items():
        for each in ids:
            answer = create(cast, {"limits": [], **own, name: each})
            assert (answer.status_code, answer.json()["field"]) == (400, f"arguments.{name}")
            assert answer.json()["detail"].startswith("There is no such ")


def test_ids_are_found_in_lists_groups_and_variants(cast: Cast) -> None:
    label = f.Field(name="label", title="Label", type=f.ResourceType(resource=f.Resource.LABEL))
    one, other = (f.GroupType(name=name, title=name, fields=[label]) for name in ("one", "other"))
    nested = f.ListType(item=f.VariantType(variants=[one, other]))
    register(cast, a_package(a_recipe(fields=[f.Field(name="picks", title="Picks", type=nested)])))
    good = {"kind": "other", "label": str(cast.labels[1].id)}
    assert create(cast, {"picks": [good]}).status_code == 201
    answer = create(cast, {"picks": [good, {"kind": "one", "label": str(uuid4())}]})
    assert answer.json()["field"] == "arguments.picks.1.label"


def test_text_that_no_table_can_keep_is_refused(cast: Cast) -> None:
    any_text = f.Field(name="code", title="Code", type=f.StringType(pattern="(?s).*"))
    register(cast, a_package(a_recipe(fields=[any_text])))
    assert create(cast, {"code": "a\u0000"}).json()["field"] == "arguments"
    assert create(cast, {"code": "\\u0000 and so on"}).status_code == 201


def test_a_later_version_of_the_package_moves_no_task(cast: Cast) -> None:
    old = register(cast, a_package(version="1.9.0"))
    first = create(cast, {"limits": []}).json()
    new = register(cast, a_package(version="1.10.0"))
    second = create(cast, {"limits": []}).json()
    assert first["package"]["version"] == "1.9.0"
    assert second["package"]["version"] == "1.10.0"
    tasks = [task.published for task in latest_snapshot(cast).tasks if task.published]
    assert [task.digest for task in tasks] == [old.digest(), new.digest()]
