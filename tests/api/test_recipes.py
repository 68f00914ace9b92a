"""The catalogue of recipes over HTTP."""

from __future__ import annotations

from typing import Any

from annex.contract.builtin import built_in_recipes
from jsonschema import Draft202012Validator

from controlplane.clusters.actions import create_cluster, revoke_cluster
from controlplane.lib.tenancy import tenant
from controlplane.recipes.actions import register_package
from tests.controlplane.cast import Cast, browser
from tests.controlplane.packages import FIELDS, a_package, a_recipe

PATH = "/api/v1/organizations/acme/recipes"


def recipes(cast: Cast, query: str = "") -> dict[str, Any]:
    answer = browser(cast.dev).get(f"{PATH}{query}")
    assert answer.status_code == 200, answer.content
    return {row["recipe"]: row for row in answer.json()["results"]}


def register(cast: Cast, *packages: Any, cluster: Any = None) -> None:
    with tenant(cast.acme.id):
        actor = cast.actor(cast.dev)
        for package in packages:
            register_package(actor=actor, cluster=cluster or cast.cluster, package=package)


def test_built_in_recipes_come_first(cast: Cast) -> None:
    rows = recipes(cast)
    assert list(rows) == [*built_in_recipes(), "civil.check.v1"]
    manual = rows["ner.manual.v1"]
    assert (manual["built_in"], manual["view"], manual["packages"]) == (True, "spans", [])
    told = built_in_recipes()["ner.manual.v1"].fields
    assert manual["arguments"] == [field.model_dump(mode="json") for field in told]


def test_a_published_recipe_says_what_it_asks_for_and_where_it_runs(cast: Cast) -> None:
    row = recipes(cast)["civil.check.v1"]
    assert row["title"] == "Check the politeness"
    assert row["arguments"] == [field.model_dump(mode="json") for field in FIELDS]
    assert row["packages"] == [
        {
            "package": "civil",
            "version": "1.2.0",
            "cluster": str(cast.cluster.id),
            "cluster_name": "Berlin",
        }
    ]
    schema = Draft202012Validator(row["schema"])
    assert schema.is_valid({"limits": [{"low": 1}]})
    assert not schema.is_valid({"limits": [{"low": -1}]})


def test_the_newest_package_describes_a_recipe(cast: Cast) -> None:
    versions = {"1.9.0": "Old", "1.10.0": "New", "1.2.3": "Oldest"}
    register(
        cast,
        *(a_package(a_recipe(title=title), version=version) for version, title in versions.items()),
    )
    row = recipes(cast)["polite.check.v1"]
    assert row["title"] == "New"
    assert [home["version"] for home in row["packages"]] == ["1.10.0", "1.9.0", "1.2.3"]


def test_a_cluster_shows_what_runs_there(cast: Cast) -> None:
    with tenant(cast.acme.id):
        paris = create_cluster(
            organization=cast.acme,
            actor=cast.actor(cast.olga),
            name="Paris",
            origin="https://paris.example",
        )
    register(cast, a_package(a_recipe(title="Older"), version="1.0.0"), cluster=paris)
    register(cast, a_package())
    assert recipes(cast)["polite.check.v1"]["title"] == "Check the politeness"
    there = recipes(cast, f"?cluster={paris.id}")
    assert there["polite.check.v1"]["title"] == "Older"
    assert "civil.check.v1" not in there
    assert "ner.manual.v1" in there
    with tenant(cast.acme.id):
        revoke_cluster(organization=cast.acme, actor=cast.actor(cast.olga), cluster=paris)
    homes = recipes(cast)["polite.check.v1"]["packages"]
    assert [home["cluster_name"] for home in homes] == ["Berlin"]


def test_a_cluster_of_others_is_not_there(cast: Cast) -> None:
    other = browser(cast.sam).get(
        f"/api/v1/organizations/umbrella/recipes?cluster={cast.cluster.id}"
    )
    assert other.status_code == 404
    assert browser(cast.dev).get(f"{PATH}?cluster=x").status_code == 404
