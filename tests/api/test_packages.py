"""Packages of recipes over HTTP: told once, never changed, wrong places named."""

from __future__ import annotations

import json
from typing import Any

import pytest
from annex.contract.published import RecipeKind
from django.test import Client

from controlplane.audit.models import AuditRow
from controlplane.lib.tenancy import tenant
from controlplane.recipes.models import Recipe
from tests.controlplane.cast import Cast, browser
from tests.controlplane.packages import a_package, a_recipe


def path(cast: Cast) -> str:
    return f"/api/v1/organizations/acme/clusters/{cast.cluster.id}/packages"


def publish(client: Client, cast: Cast, body: Any) -> Any:
    text = body if isinstance(body, str) else json.dumps(body)
    return client.post(path(cast), text, content_type="application/json")


def told(*recipes: Any, **names: str) -> Any:
    return a_package(*recipes, **names).model_dump(mode="json")


def test_a_package_is_told_once_and_listed_with_its_recipes(cast: Cast) -> None:
    client, package = browser(cast.dev), a_package()
    first = publish(client, cast, package.model_dump(mode="json"))
    again = publish(client, cast, package.model_dump(mode="json"))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    listed = client.get(path(cast)).json()["results"]
    assert [row["name"] for row in listed] == ["polite", "civil"]
    assert listed[0] == first.json()
    assert listed[0]["digest"] == package.digest()
    assert listed[0]["recipes"] == [
        {
            "recipe": "polite.check.v1",
            "name": "polite.check",
            "version": 1,
            "kind": "task",
            "title": "Check the politeness",
        }
    ]
    with tenant(cast.acme.id):
        made = AuditRow.objects.filter(verb="package.registered", user=cast.dev)
        assert made.count() == 1
        assert Recipe.objects.get(name="polite.check").description == a_recipe().model_dump(
            mode="json"
        )


def test_other_recipes_under_the_same_version_are_refused(cast: Cast) -> None:
    client = browser(cast.dev)
    assert publish(client, cast, told()).status_code == 201
    other = publish(client, cast, told(a_recipe(title="Another")))
    assert (other.status_code, other.json()["code"]) == (409, "package.version_taken")
    assert (
        publish(client, cast, told(a_recipe(title="Another"), version="1.3.0")).status_code == 201
    )


def test_two_packages_cannot_share_the_name_of_a_recipe(cast: Cast) -> None:
    client = browser(cast.dev)
    assert publish(client, cast, told()).status_code == 201
    taken = publish(client, cast, told(name="rude"))
    assert (taken.status_code, taken.json()["code"]) == (409, "package.recipe_taken")
    assert taken.json()["errors"][0]["field"] == "recipes.0.name"


def broken(**changes: Any) -> Any:
    """Return a package whose first field is not what it should be."""
    body = told()
    body["recipes"][0]["fields"][0] |= changes
    return body


STRING = {"kind": "string", "pattern": ""}


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ([], ""),
        ({}, "name"),
        (told() | {"version": "1"}, "version"),
        (broken(name="Not A Name"), "recipes.0.fields.0.name"),
        (broken(type=STRING), "recipes.0.fields.0.type.pattern"),
        (broken(type={"kind": "list", "item": STRING}), "recipes.0.fields.0.type.item.pattern"),
        (broken(type={"kind": "optional", "inner": {}}), "recipes.0.fields.0.type.inner"),
        (broken(type={"kind": "string", "pattern": "("}), "recipes.0"),
        (broken(required=True, default="\u0000"), "recipes"),
        (broken(required=True, default="\ud800"), "recipes"),
        (told(a_recipe("ner.manual")), "recipes.0.name"),
    ],
)
def test_what_is_wrong_is_named_by_its_place(cast: Cast, body: Any, place: str) -> None:
    answer = publish(browser(cast.dev), cast, body)
    assert answer.status_code == 400, answer.json()
    assert answer.json()["errors"][0]["field"] == place
    assert publish(browser(cast.dev), cast, told()).status_code == 201


def test_infinity_is_refused_and_so_is_a_flood(cast: Cast) -> None:
    body = json.dumps(broken(default=7)).replace('"default": 7', '"default": 1e999')
    assert publish(browser(cast.dev), cast, body).status_code == 400
    flood = publish(browser(cast.dev), cast, told() | {"more": "x" * 600_000})
    assert (flood.status_code, flood.json()["code"]) == (413, "package.too_large")


def test_a_recipe_for_jobs_is_listed_too(cast: Cast) -> None:
    job = a_recipe("polite.count", kind=RecipeKind.JOB, view=None)
    assert publish(browser(cast.dev), cast, told(a_recipe(), job)).status_code == 201
    recipes = browser(cast.dev).get(path(cast)).json()["results"][0]["recipes"]
    assert [(row["recipe"], row["kind"]) for row in recipes] == [
        ("polite.check.v1", "task"),
        ("polite.count.v1", "job"),
    ]
