"""What the API makes of every built-in recipe: the same checks as form and flags have."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from annex.contract import fields as f
from annex.contract.builtin import built_in_package, built_in_recipes
from annex.contract.enums import AssetKind, AssetState, DatasetRole, TaskRecipe
from annex.contract.published import PublishedRecipe, RecipeDescription, RecipeKind
from annex.contract.references import references_in
from annex.contract.values import BadValues, check_values
from django.utils import timezone

from controlplane.board.actions import STARTS
from controlplane.board.models import TrainedModel
from controlplane.jobs.models import Job
from controlplane.lib.tenancy import tenant
from controlplane.projects.models import Asset
from tests.api.test_projects import latest_snapshot
from tests.api.test_published_jobs import start
from tests.api.test_published_tasks import create
from tests.controlplane.cast import Cast

RECIPES = built_in_recipes()
NAMES = list(RECIPES)


class Things:
    """One of everything that an argument may name, in the project."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    def arguments(self, recipe: RecipeDescription) -> dict[str, Any]:
        found = {each.name: self._value(each.type) for each in recipe.fields}
        return {name: value for name, value in found.items() if value is not None}

    def _value(self, kind: f.FieldType) -> Any:
        match kind:
            case f.OptionalType(inner=inner):
                return self._value(inner)
            case f.ListType(item=f.ResourceType() as item):
                return [self._value(item)]
            case f.VariantType(variants=[f.GroupType() as first, *_]):
                return {"kind": first.name} | {e.name: self._value(e.type) for e in first.fields}
            case f.StringType():
                return "small-1"
            case f.TextType():
                return str(uuid4())
            case f.ResourceType(resource=f.Resource.DATASET, of=of):
                held_back = DatasetRole.EVALUATION.value in of
                return str((self.cast.held_back if held_back else self.cast.training).id)
            case f.ResourceType(resource=f.Resource.LABEL):
                return str(self.cast.labels[0].id)
            case f.ResourceType(resource=f.Resource.MODEL, of=of):
                return str(self._model((of or ["ner"])[0].replace("-", "_")))
            case f.ResourceType(resource=f.Resource.ASSET, of=of):
                return str(self._asset(of[0] if of else AssetKind.DATA.value))
        return None

    def _model(self, component: str) -> UUID:
        return TrainedModel.objects.create(
            organization=self.cast.acme, project=self.cast.project, name=uuid4().hex,
            component=component, seed=0, trained_at=timezone.now(),
        ).id  # fmt: skip

    def _asset(self, kind: str) -> UUID:
        made: Asset = Asset.objects.create(
            organization=self.cast.acme, project=self.cast.project, name=uuid4().hex, kind=kind,
            state=AssetState.READY.value, created_by=self.cast.dev,
        )  # fmt: skip
        return made.id


def arguments_of(cast: Cast, name: str) -> dict[str, Any]:
    with tenant(cast.acme.id):
        return Things(cast).arguments(RECIPES[name])


def ask(cast: Cast, name: str, arguments: Any) -> Any:
    if RECIPES[name].kind is RecipeKind.JOB:
        return start(cast, name, arguments)
    return create(cast, arguments, recipe=name)


@pytest.mark.parametrize("name", NAMES)
def test_it_starts_with_arguments_that_fit(cast: Cast, name: str) -> None:
    made = ask(cast, name, arguments_of(cast, name))
    assert made.status_code == 201, made.content
    assert made.json()["recipe"] == name


@pytest.mark.parametrize("name", [name for name in NAMES if name not in STARTS])
def test_its_cluster_is_told_what_it_is_to_run(cast: Cast, name: str) -> None:
    arguments = arguments_of(cast, name)
    told = told_of(cast, name, ask(cast, name, arguments).json()["id"])
    package = built_in_package()
    assert (told.package, told.digest) == (package.name, package.digest())
    assert f"{told.name}.v{told.version}" == name
    assert told.arguments == check_values(RECIPES[name].fields, arguments)


def told_of(cast: Cast, name: str, made: str) -> PublishedRecipe:
    if RECIPES[name].kind is RecipeKind.JOB:
        with tenant(cast.acme.id):
            return PublishedRecipe.model_validate(Job.objects.get(id=made).arguments)
    task = latest_snapshot(cast).tasks[-1]
    assert (task.recipe, str(task.id)) == (TaskRecipe.PUBLISHED, made)
    assert task.published is not None
    return task.published


@pytest.mark.parametrize("name", NAMES)
def test_what_does_not_fit_is_refused_in_the_words_of_form_and_flags(cast: Cast, name: str) -> None:
    wrong = {each.name: "?" for each in RECIPES[name].fields}
    with pytest.raises(BadValues) as bad:
        check_values(RECIPES[name].fields, wrong)
    answer = ask(cast, name, wrong)
    assert answer.status_code == 400
    expected = [(f"arguments.{each.field}", each.message) for each in bad.value.errors]
    assert [(each["field"], each["message"]) for each in answer.json()["errors"]] == expected


@pytest.mark.parametrize("name", NAMES)
def test_what_is_of_no_project_is_refused_at_its_place(cast: Cast, name: str) -> None:
    fields, arguments = RECIPES[name].fields, arguments_of(cast, name)
    for each in references_in(fields, check_values(fields, arguments)):
        if each.resource is None:
            continue  # a text, which the cluster alone knows
        strange = replaced(arguments, each.place.split("."), str(uuid4()))
        answer = ask(cast, name, strange)
        assert (answer.status_code, answer.json()["field"]) == (400, f"arguments.{each.place}")


def replaced(value: Any, place: list[str], by: str) -> Any:
    """Return a tree with another value at a place."""
    if not place:
        return by
    first, *rest = place
    if isinstance(value, list):
        return [
            replaced(each, rest, by) if str(at) == first else each for at, each in enumerate(value)
        ]
    return value | {first: replaced(value[first], rest, by)}
