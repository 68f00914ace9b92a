"""What a cluster must know of a project, sent whole whenever any of it changes."""

from __future__ import annotations

from uuid import UUID

from annex.contract import inbound
from annex.contract.enums import Role, TaskRecipe
from annex.contract.published import PublishedRecipe
from annex.contract.recipes import PredictorRef
from django.db.models import F, Q

from controlplane.accounts.choices import ROLES_WITH_EVERY_PROJECT
from controlplane.accounts.models import Membership
from controlplane.accounts.subjects import subjects_of
from controlplane.clusters.commands import send_command
from controlplane.projects.models import Project, Task
from controlplane.recipes.builtin import as_published


def send_project_snapshot(project_id: UUID) -> None:
    """Write the project's new configuration as a command to its cluster.

    Runs in the transaction of the change, so that no crash can separate the two; the cluster is
    woken on commit. The update locks the row, so versions leave in the order of their commits.
    """
    project = _at_next_version(project_id)
    send_command(cluster=project.cluster, body=snapshot_of(project))


def send_last_snapshot(project_id: UUID) -> None:
    """Tell the cluster of a project that is going: nobody is in it, and no task is open.

    Its text stays there until someone deletes it there; whoever could read it here no longer can.
    """
    project = _at_next_version(project_id)
    body = snapshot_of(project).model_copy(update={"people": [], "tasks": []})
    send_command(cluster=project.cluster, body=body)


def _at_next_version(project_id: UUID) -> Project:
    Project.objects.filter(pk=project_id).update(version=F("version") + 1)
    project: Project = Project.objects.select_related("cluster").get(pk=project_id)
    return project


def snapshot_of(project: Project) -> inbound.ConfigSnapshot:
    """Build the configuration of a project as its cluster sees it."""
    members = members_of(project)
    annotators = _annotators_by_task(project)
    user_ids = {member.user_id for member in members}.union(*annotators.values())
    subjects = subjects_of(
        organization=project.organization, cluster_id=project.cluster_id, user_ids=user_ids
    )
    return inbound.ConfigSnapshot(
        project=project.id,
        title=project.title,
        version=project.version,
        labels=_labels(project),
        datasets=[
            inbound.DatasetSnapshot.model_validate(row)
            for row in project.datasets.order_by("created_at").values("id", "name", "role")
        ],
        assets=_assets(project),
        models=[
            inbound.ModelSnapshot(id=id_, name=name)
            for id_, name in project.trained_models.order_by("created_at").values_list("id", "name")
        ],
        combinations=[
            inbound.CombinationSnapshot(id=id_, name=name, rules=rules, model=model)
            for id_, name, rules, model in project.combinations.order_by("created_at").values_list(
                "id", "name", "rules", "model"
            )
        ],
        tasks=[
            _task(task, [subjects[user_id] for user_id in annotators.get(task.id, [])])
            for task in project.tasks.order_by("created_at").select_related("published__package")
        ],
        people=[_person(member, subjects[member.user_id]) for member in members],
    )


def members_of(project: Project) -> list[Membership]:
    """Return everyone who may enter the project on its cluster."""
    everywhere = Q(role__in=[role.value for role in ROLES_WITH_EVERY_PROJECT])
    rows = Membership.objects.filter(everywhere | Q(project_members__project=project))
    return list(rows.select_related("user").distinct().order_by("joined_at", "id"))


def _annotators_by_task(project: Project) -> dict[UUID, list[UUID]]:
    from controlplane.projects.models import TaskAnnotator

    found: dict[UUID, list[UUID]] = {}
    rows = TaskAnnotator.objects.filter(task__project=project, assigned=True).order_by("id")
    for task_id, user_id in rows.values_list("task_id", "user_id"):
        found.setdefault(task_id, []).append(user_id)
    return found


def _labels(project: Project) -> list[inbound.LabelSnapshot]:
    columns = ("id", "name", "colour", "key", "position", "retired")
    return [inbound.LabelSnapshot.model_validate(row) for row in project.labels.values(*columns)]


def _assets(project: Project) -> list[inbound.AssetSnapshot]:
    return [
        inbound.AssetSnapshot.model_validate(
            {
                "id": asset.id,
                "name": asset.name,
                "kind": asset.kind,
                "dataset": asset.dataset_id,
                "evaluation_dataset": asset.evaluation_dataset_id,
            }
        )
        for asset in project.assets.order_by("created_at")
    ]


def _task(task: Task, annotators: list[UUID]) -> inbound.TaskSnapshot:
    return inbound.TaskSnapshot.model_validate(
        {
            "id": task.id,
            "title": task.title,
            "recipe": TaskRecipe.PUBLISHED if task.has_stream else task.recipe,
            "published": published_of(task),
            "state": task.state,
            "dataset": task.dataset_id,
            "evaluation_dataset": task.evaluation_dataset_id,
            "evaluation_share": task.evaluation_share,
            "labels": task.label_ids,
            "exclusive": task.exclusive,
            "blind": task.blind,
            "unsure_first": task.unsure_first,
            "suggestions": suggestions_of(task),
            "guidelines": task.guidelines_id,
            "overlap": task.overlap,
            "lease_seconds": task.lease_seconds,
            "annotators": annotators,
        }
    )


def published_of(task: Task) -> PublishedRecipe | None:
    """Return which recipe fills the task's dataset, if any."""
    recipe = task.published
    if recipe is None:
        return as_published(task.recipe, task.arguments) if task.has_stream else None
    return PublishedRecipe(
        package=recipe.package.name,
        package_version=recipe.package.version,
        digest=recipe.package.digest,
        name=recipe.name,
        version=recipe.version,
        arguments=task.arguments,
    )


def suggestions_of(task: Task) -> PredictorRef | None:
    """Return the predictor whose marks the task shows, if any."""
    if task.suggestions_id is None:
        return None
    return PredictorRef.model_validate({"kind": task.suggestions_kind, "id": task.suggestions_id})


def _person(member: Membership, subject: UUID) -> inbound.PersonSnapshot:
    return inbound.PersonSnapshot(
        subject=subject,
        name=member.user.name or member.user.email,
        role=Role(member.role),
        simulated=member.user.simulated,
    )
