"""The fixed cast of the control plane's tests, and the project they quarrel over.

Acme: Olga (owner), Dev (developer), Rita (reviewer, in the project), Anna (annotator, in the
project), Tim (annotator, not in the project: the teammate). Umbrella: Sam (owner, the stranger).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from annex.contract.enums import AssetKind, DatasetRole, Role
from django.test import Client

from controlplane.accounts.actors import Actor
from controlplane.accounts.models import Membership, Organization, User
from controlplane.accounts.organizations import create_organization
from controlplane.board.models import Evaluation, TrainedModel
from controlplane.clusters.actions import create_cluster
from controlplane.clusters.models import Cluster
from controlplane.lib.tenancy import tenant
from controlplane.projects.actions import create_asset, create_dataset, create_project
from controlplane.projects.annotation_tasks import create_task
from controlplane.projects.labels import LabelDraft, save_labels
from controlplane.projects.models import Asset, Dataset, Label, Project, Task
from controlplane.projects.people import add_project_member
from controlplane.recipes.actions import register_package
from tests.controlplane.packages import a_package, a_recipe

PASSWORD = "a long enough password"


@dataclass
class Cast:
    """Everyone and everything, by name."""

    acme: Organization
    umbrella: Organization
    olga: User
    dev: User
    rita: User
    anna: User
    tim: User
    sam: User
    cluster: Cluster
    project: Project
    labels: list[Label]
    data: Asset
    patterns: Asset
    training: Dataset
    held_back: Dataset
    task: Task
    model: TrainedModel
    evaluation: Evaluation

    def actor(self, user: User) -> Actor:
        """Return the user as an actor; call it inside `tenant`."""
        member = Membership.objects.select_related("organization").get(user=user)
        return Actor(organization=member.organization, user=user, role=member.contract_role)

    def member_id(self, user: User) -> str:
        """Return the id of a membership in Acme."""
        with tenant(self.acme.id):
            return str(Membership.objects.get(user=user).id)


def make_user(name: str, *, password: str | None = None) -> User:
    """Create a person who can sign in when a password is given."""
    user = User.objects.create_user(f"{name.lower()}@example.org", name, password)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def join(organization: Organization, user: User, role: Role) -> Membership:
    """Make a person a member; call it inside `tenant`."""
    return Membership.objects.create(organization=organization, user=user, role=role.value)


def browser(user: User | None = None) -> Client:
    """Return a client that is signed in as the user, or as nobody."""
    client = Client()
    if user is not None:
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def cast(db: None) -> Cast:
    """Two organizations, six people, one project with one of everything."""
    people = {name: make_user(name) for name in ("Dev", "Rita", "Anna", "Tim", "Sam")}
    olga = make_user("Olga", password=PASSWORD)
    acme = create_organization(user=olga, name="Acme")
    umbrella = create_organization(user=people["Sam"], name="Umbrella")
    with tenant(acme.id):
        owner = Actor(organization=acme, user=olga, role=Role.OWNER)
        for name, role in (
            ("Dev", Role.DEVELOPER),
            ("Rita", Role.REVIEWER),
            ("Anna", Role.ANNOTATOR),
            ("Tim", Role.ANNOTATOR),
        ):
            join(acme, people[name], role)
        things = _make_project(owner, people)
    return Cast(
        acme=acme,
        umbrella=umbrella,
        olga=olga,
        dev=people["Dev"],
        rita=people["Rita"],
        anna=people["Anna"],
        tim=people["Tim"],
        sam=people["Sam"],
        **things,
    )


def _make_project(owner: Actor, people: dict[str, User]) -> dict[str, Any]:
    cluster = create_cluster(
        organization=owner.organization,
        actor=owner,
        name="Berlin",
        origin="https://annex.acme.example",
    )
    register_package(
        actor=owner, cluster=cluster, package=a_package(a_recipe("civil.check"), name="civil")
    )
    project = create_project(actor=owner, title="Tickets", cluster=cluster)
    save_labels(actor=owner, project=project, labels=[LabelDraft("FIELD"), LabelDraft("VALUE")])
    for name in ("Rita", "Anna"):
        member = Membership.objects.get(user=people[name])
        add_project_member(actor=owner, project=project, member=member)
    data = create_asset(actor=owner, project=project, name="tickets", kind=AssetKind.DATA)
    patterns = create_asset(actor=owner, project=project, name="rules", kind=AssetKind.PATTERNS)
    Asset.objects.filter(pk=patterns.pk).update(state="ready")
    training = create_dataset(actor=owner, project=project, name="train", role=DatasetRole.TRAINING)
    held_back = create_dataset(
        actor=owner, project=project, name="held", role=DatasetRole.EVALUATION
    )
    anna = Membership.objects.get(user=people["Anna"])
    task = create_task(
        actor=owner,
        project=project,
        fields={"title": "Mark fields", "dataset": training, "evaluation_dataset": held_back},
        annotators=[anna.id],
    )
    model = TrainedModel.objects.create(
        organization=owner.organization, project=project, name="small"
    )
    evaluation = Evaluation.objects.create(
        organization=owner.organization,
        project=project,
        predictor_kind="rules",
        rules=patterns,
        dataset=held_back,
    )
    return {
        "cluster": cluster,
        "project": project,
        "labels": list(Label.objects.filter(project=project)),
        "data": data,
        "patterns": patterns,
        "training": training,
        "held_back": held_back,
        "task": task,
        "model": model,
        "evaluation": evaluation,
    }
