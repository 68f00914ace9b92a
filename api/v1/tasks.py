"""Annotation tasks."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from annex.contract.enums import AssetKind, DatasetRole, Role, TaskRecipe
from annex.contract.leaves import MAX_LABELS
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.edge import ProjectListView, ProjectView
from api.fields import NameField, PredictorRefSerializer, find
from controlplane.accounts.models import Membership
from controlplane.projects.access import access_task
from controlplane.projects.annotation_tasks import change_task, create_task
from controlplane.projects.choices import TASK_STATES
from controlplane.projects.models import Project, Task
from controlplane.projects.predictors import check_suggesting
from controlplane.projects.snapshots import suggestions_of
from controlplane.projects.task_recipes import recipe_columns
from controlplane.recipes.models import VIEWS


class ProgressSerializer(serializers.Serializer[Any]):
    """How far a task is."""

    examples = serializers.IntegerField()
    answered = serializers.IntegerField()
    evaluation_examples = serializers.IntegerField()
    evaluation_answered = serializers.IntegerField()


class AnnotatorSerializer(serializers.Serializer[Any]):
    """`member` is null for a person who has left the organization."""

    member = serializers.UUIDField(allow_null=True)
    name = serializers.CharField()
    simulated = serializers.BooleanField()
    accepted = serializers.IntegerField()
    rejected = serializers.IntegerField()
    ignored = serializers.IntegerField()
    working_seconds = serializers.IntegerField()


class TaskPackageSerializer(serializers.Serializer[Any]):
    """Which version of which package holds the recipe of a task."""

    name = serializers.CharField()
    version = serializers.CharField()


class TaskFigureSerializer(serializers.Serializer[Any]):
    """A figure that a published recipe declares; three digits of it, at most one an hour."""

    name = serializers.CharField()
    value = serializers.FloatField()


class TaskSerializer(serializers.Serializer[Any]):
    """A task with its people and progress. `package` is null for a built-in recipe."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    recipe = serializers.CharField(source="shown_recipe")
    view = serializers.ChoiceField(choices=VIEWS)
    package = serializers.SerializerMethodField()
    arguments = serializers.DictField()
    state = serializers.CharField()
    dataset = serializers.UUIDField(source="dataset_id")
    evaluation_dataset = serializers.UUIDField(source="evaluation_dataset_id", allow_null=True)
    evaluation_share = serializers.FloatField()
    labels = serializers.ListField(source="label_ids", child=serializers.UUIDField())
    exclusive = serializers.BooleanField()
    blind = serializers.BooleanField()
    unsure_first = serializers.BooleanField()
    suggestions = serializers.SerializerMethodField()
    guidelines = serializers.UUIDField(source="guidelines_id", allow_null=True)
    overlap = serializers.IntegerField()
    lease_seconds = serializers.IntegerField()
    progress = ProgressSerializer(source="*")
    metrics = TaskFigureSerializer(source="figures", many=True)
    annotators = serializers.SerializerMethodField()
    cluster_url = serializers.SerializerMethodField()

    @extend_schema_field(TaskPackageSerializer(allow_null=True))
    def get_package(self, task: Task) -> dict[str, str] | None:
        """Return the package of a published recipe."""
        package = task.published and task.published.package
        return {"name": package.name, "version": package.version} if package else None

    @extend_schema_field(PredictorRefSerializer(allow_null=True))
    def get_suggestions(self, task: Task) -> dict[str, Any] | None:
        """Return the predictor whose marks are shown, if any."""
        found = suggestions_of(task)
        return found.model_dump(mode="json") if found else None

    @extend_schema_field(AnnotatorSerializer(many=True))
    def get_annotators(self, task: Task) -> list[dict[str, Any]]:
        """Return who is assigned, or has answered, with their counts."""
        members: dict[UUID, UUID] = self.context["members"]
        return [
            _annotator(row, members.get(row.user_id))
            for row in task.annotators.all()
            if row.assigned or row.accepted + row.rejected + row.ignored
        ]

    def get_cluster_url(self, task: Task) -> str:
        """Return where annotators work on the task."""
        return f"{task.project.cluster.origin}/t/{task.id}"


def _annotator(row: Any, member: UUID | None) -> dict[str, Any]:
    return {
        "member": member and str(member),
        "name": row.user.name,
        "simulated": row.user.simulated,
        "accepted": row.accepted,
        "rejected": row.rejected,
        "ignored": row.ignored,
        "working_seconds": row.working_seconds,
    }


class TaskChangeSerializer(serializers.Serializer[Any]):
    """What may be changed of a task at any time.

    `blind`: annotators get no suggestions. `unsure_first`: a model that suggests also decides the
    order; what it is least sure of comes first.
    """

    title = NameField(required=False)
    state = serializers.ChoiceField(choices=TASK_STATES, required=False)
    labels = serializers.ListField(
        child=serializers.UUIDField(), required=False, max_length=MAX_LABELS
    )
    suggestions = PredictorRefSerializer(required=False, allow_null=True)
    blind = serializers.BooleanField(required=False)
    unsure_first = serializers.BooleanField(required=False)
    guidelines = serializers.UUIDField(required=False, allow_null=True)
    annotators = serializers.ListField(
        child=serializers.UUIDField(), required=False, max_length=1000
    )
    overlap = serializers.IntegerField(required=False, min_value=1, max_value=16)
    evaluation_share = serializers.FloatField(required=False, min_value=0, max_value=1)
    lease_seconds = serializers.IntegerField(required=False, min_value=10, max_value=86_400)


class NewTaskSerializer(TaskChangeSerializer):
    """What makes a task; without `labels` all of them. `exclusive`: one label a text is right.

    `recipe`: a built-in one, or `<name>.v<version>` of the cluster's catalogue with its
    `arguments`. A published recipe fills a new dataset where none is given.
    """

    title = NameField()
    recipe = serializers.CharField(default=TaskRecipe.NER_MANUAL.value, max_length=96)
    arguments = serializers.DictField(default=dict)
    exclusive = serializers.BooleanField(required=False)
    dataset = serializers.UUIDField(required=False)
    evaluation_dataset = serializers.UUIDField(required=False, allow_null=True)


class TaskViewMixin:
    """What both task views share: the members that stand behind annotators."""

    def get_serializer_context(self) -> dict[str, Any]:
        """Add the membership id of each user, in one query."""
        context: dict[str, Any] = super().get_serializer_context()  # type: ignore[misc]
        if not getattr(self, "swagger_fake_view", False):
            context["members"] = dict(Membership.objects.values_list("user_id", "id"))
        return context


class TasksView(TaskViewMixin, ProjectListView):
    """List a project's tasks, make another."""

    serializer_class = TaskSerializer
    queryset = Task.objects.none()
    read_role = Role.ANNOTATOR

    def get_queryset(self) -> Any:
        """Return the project's tasks."""
        return Task.objects.filter(project=self.project).with_people()

    @extend_schema(request=NewTaskSerializer, responses={201: TaskSerializer})
    def post(self, request: Request) -> Response:
        """Make a task. Without `labels` it uses all of the project's."""
        project = self.project
        body = self.read(NewTaskSerializer)
        annotators = body.pop("annotators", [])
        runs = recipe_columns(project, body.pop("recipe"), body.pop("arguments"))
        made = create_task(
            actor=self.actor,
            project=project,
            fields=_columns(project, body) | runs,
            annotators=annotators,
        )
        return self.shown(access_task(project, made.id), status=201)


class TaskView(TaskViewMixin, ProjectView):
    """One task."""

    serializer_class = TaskSerializer
    queryset = Task.objects.none()
    read_role = Role.ANNOTATOR

    def get(self, request: Request) -> Response:
        """Return a task with its people and progress."""
        return self.shown(access_task(self.project, self.kwargs["task"]))

    @extend_schema(request=TaskChangeSerializer)
    def patch(self, request: Request) -> Response:
        """Change a task; `annotators` is the whole new list."""
        project = self.project
        task = access_task(project, self.kwargs["task"])
        body = self.read(TaskChangeSerializer)
        annotators = body.pop("annotators", None)
        change_task(
            actor=self.actor, task=task, fields=_columns(project, body), annotators=annotators
        )
        return self.shown(access_task(project, task.id))


def _columns(project: Project, body: dict[str, Any]) -> dict[str, Any]:
    """Turn the ids of a body into rows of this project. Raises: a refusal that names the field."""
    held_back = project.datasets.filter(role=DatasetRole.EVALUATION.value)
    guidelines = project.assets.filter(kind=AssetKind.GUIDELINES.value)
    rows: dict[str, Any] = {
        "dataset": project.datasets,
        "evaluation_dataset": held_back,
        "guidelines": guidelines,
    }
    for field, choices in rows.items():
        if field in body:
            body[field] = find(choices.all(), body[field], field)
    if body.get("suggestions"):
        check_suggesting(project, body["suggestions"], field="suggestions")
    if "labels" in body:
        body["label_ids"] = body.pop("labels")
    return body
