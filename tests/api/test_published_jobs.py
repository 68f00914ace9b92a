"""Jobs that run a published recipe: checked arguments, and what their cluster is offered."""

from __future__ import annotations

from typing import Any

import pytest
from annex.contract import fields as f
from annex.contract.enums import JobRecipe, LeaseClass
from annex.contract.published import PublishedRecipe, RecipeKind

from controlplane.jobs.models import Job
from controlplane.lib.tenancy import tenant
from tests.api.test_projects import BASE, send
from tests.api.test_published_tasks import register
from tests.controlplane.cast import Cast, browser
from tests.controlplane.packages import a_package, a_recipe

FIELDS = [
    f.Field(name="most", title="Most", type=f.IntegerType(ge=1)),
    f.Field(name="data", title="Data", type=f.ResourceType(resource=f.Resource.DATASET)),
]


def a_job_package() -> Any:
    job = a_recipe("polite.count", kind=RecipeKind.JOB, view=None, fields=FIELDS)
    return a_package(job, a_recipe())


def start(cast: Cast, recipe: str, arguments: dict[str, Any]) -> Any:
    body = {"recipe": recipe, "arguments": arguments}
    return send(browser(cast.dev), "POST", f"{BASE}/projects/{cast.project.id}/jobs", body)


def test_a_job_is_offered_with_its_recipe_and_checked_arguments(cast: Cast) -> None:
    package = register(cast, a_job_package())
    made = start(cast, "polite.count.v1", {"most": "3", "data": str(cast.training.id)})
    assert made.status_code == 201, made.content
    assert (made.json()["recipe"], made.json()["title"]) == (
        "polite.count.v1",
        "Run polite.count.v1",
    )
    with tenant(cast.acme.id):
        job = Job.objects.get(id=made.json()["id"])
    assert (job.recipe, job.lease_class) == (JobRecipe.PUBLISHED, LeaseClass.STICKY)
    offered = PublishedRecipe.model_validate(job.arguments)
    assert (offered.digest, offered.name) == (package.digest(), "polite.count")
    assert offered.arguments == {"most": 3, "data": str(cast.training.id)}


@pytest.mark.parametrize(
    ("recipe", "arguments", "field"),
    [
        ("polite.count.v1", {"most": 0}, "arguments.most"),
        ("polite.count.v1", {"most": 1, "data": "d" * 36}, "arguments.data"),
        ("polite.count.v2", {}, "recipe"),
        ("polite.check.v1", {"limits": []}, "recipe"),
        ("published.v1", {}, "recipe"),
    ],
)
def test_what_does_not_fit_is_refused_by_its_field(
    cast: Cast, recipe: str, arguments: dict[str, Any], field: str
) -> None:
    register(cast, a_job_package())
    refused = start(cast, recipe, arguments)
    assert (refused.status_code, refused.json()["field"]) == (400, field)
    with tenant(cast.acme.id):
        assert not Job.objects.filter(recipe=JobRecipe.PUBLISHED.value).exists()
