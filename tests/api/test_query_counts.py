"""A list costs the same number of queries however long it is."""

from __future__ import annotations

import pytest
from annex.contract.enums import Role
from django.db import connection
from django.test.utils import CaptureQueriesContext

from controlplane.board.models import Evaluation, TrainedModel
from controlplane.clusters.actions import create_cluster
from controlplane.jobs.models import Job
from controlplane.lib.tenancy import tenant
from controlplane.projects.actions import create_project
from controlplane.projects.annotation_tasks import create_task
from controlplane.projects.models import Asset, Dataset, LabelChange
from controlplane.projects.people import add_project_member
from controlplane.recipes.actions import register_package
from tests.controlplane.cast import Cast, browser, join, make_user
from tests.controlplane.packages import a_package, a_recipe

BASE = "/api/v1/organizations/acme"
PROJECT_LISTS = [
    "label-changes",
    "assets",
    "datasets",
    "tasks",
    "jobs",
    "models",
    "evaluations",
    "members",
    "board",
]
LISTS = [
    "members",
    "invitations",
    "tokens",
    "clusters",
    "clusters/{cluster}/packages",
    "recipes",
    "projects",
    "audit",
]


def grow(cast: Cast, generation: str) -> None:
    """Add two of everything that lists show."""
    with tenant(cast.acme.id):
        actor = cast.actor(cast.olga)
        common = {"organization": cast.acme, "project": cast.project}
        for number in (f"{generation}1", f"{generation}2"):
            member = join(cast.acme, make_user(f"Extra{number}"), Role.ANNOTATOR)
            add_project_member(actor=actor, project=cast.project, member=member)
            cluster = create_cluster(
                organization=cast.acme,
                actor=actor,
                name=f"C{number}",
                origin="https://c.example",
            )
            create_project(actor=actor, title=f"P{number}", cluster=cluster)
            package = a_package(a_recipe(f"a{number}.check"), name=f"pack{number}")
            register_package(actor=actor, cluster=cast.cluster, package=package)
            Asset.objects.create(name=f"a{number}", kind="data", created_by=cast.olga, **common)
            Dataset.objects.create(name=f"d{number}", role="training", **common)
            LabelChange.objects.create(
                kind="delete", labels=[cast.labels[0].id], created_by=cast.olga, **common
            )
            model = TrainedModel.objects.create(name=f"m{number}", **common)
            job = Job.objects.create(
                cluster=cast.cluster,
                recipe="export.v1",
                arguments={"dataset": str(cast.training.id)},
                created_by=cast.olga,
                **common,
            )
            Evaluation.objects.create(
                predictor_kind="model", model=model, dataset=cast.held_back, job=job, **common
            )
            create_task(
                actor=actor,
                project=cast.project,
                fields={"title": f"T{number}", "dataset": cast.training},
                annotators=[member.id],
            )


def queries_of(cast: Cast, path: str) -> int:
    client = browser(cast.olga)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize("sought", [*LISTS, *(f"project {name}" for name in PROJECT_LISTS)])
def test_a_longer_list_costs_no_more_queries(cast: Cast, sought: str) -> None:
    name = sought.removeprefix("project ")
    path = f"{BASE}/{name}" if name == sought else f"{BASE}/projects/{cast.project.id}/{name}"
    path = path.replace("{cluster}", str(cast.cluster.id))
    grow(cast, "a")
    before = queries_of(cast, path)
    grow(cast, "b")
    assert queries_of(cast, path) == before
