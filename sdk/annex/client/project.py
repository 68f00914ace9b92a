"""A project's nouns: people, labels, assets, datasets, tasks, jobs, models, scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Generic
from uuid import UUID

from annex.client import types
from annex.client.calls import Call
from annex.client.nouns import UNSET, Mode, Noun, Sender, endpoint, given, listing

Id = UUID | str


class ProjectMembers(Noun[Mode]):
    """Who was added to the project. Args of verbs: the id of a membership."""

    @listing
    def list(self) -> Call[types.Page[types.ProjectMember]]:
        """List who was added."""
        return Call("GET", f"{self._base}/members", types.Page[types.ProjectMember])

    @endpoint
    def show(self, member: Id) -> Call[types.ProjectMember]:
        """Return one of them."""
        return Call("GET", f"{self._base}/members/{member}", types.ProjectMember)

    @endpoint
    def add(self, member: Id) -> Call[types.ProjectMember]:
        """Let a member in; doing it again changes nothing."""
        return Call("POST", f"{self._base}/members", types.ProjectMember, body={"member": member})

    @endpoint
    def remove(self, member: Id) -> Call[None]:
        """Take a member out."""
        return Call("DELETE", f"{self._base}/members/{member}", None)


class Labels(Noun[Mode]):
    """The label scheme, read and saved as a whole."""

    @endpoint
    def show(self) -> Call[types.Scheme]:
        """Return the scheme, retired labels included."""
        return Call("GET", f"{self._base}/labels", types.Scheme)

    @endpoint
    def save(
        self, labels: Sequence[types.Label | Mapping[str, Any]], *, version: int = UNSET
    ) -> Call[types.Scheme]:
        """Save the scheme: labels with an id keep it, those left out are retired.

        Args: version: the one that was read; then a save of someone else's meanwhile is a Conflict.
        """
        rows = [_row(label) for label in labels]
        body = given(labels=rows, version=version)
        return Call("PUT", f"{self._base}/labels", types.Scheme, body=body)


def _row(label: types.Label | Mapping[str, Any]) -> dict[str, Any]:
    if isinstance(label, types.Label):
        return label.model_dump(mode="json", exclude={"position"})
    return dict(label)


class LabelChanges(Noun[Mode]):
    """Merges, splits and deletions of labels."""

    @listing
    def list(self) -> Call[types.Page[types.LabelChange]]:
        """List changes, newest first."""
        return Call("GET", f"{self._base}/label-changes", types.Page[types.LabelChange])

    @endpoint
    def show(self, change: Id) -> Call[types.LabelChange]:
        """Return a change, also whether the cluster has counted or made it."""
        return Call("GET", f"{self._base}/label-changes/{change}", types.LabelChange)

    @endpoint
    def count(
        self,
        kind: str,
        labels: Sequence[Id],
        *,
        into: Sequence[Id] = (),
        new_names: Sequence[str] = (),
    ) -> Call[types.LabelChange]:
        """Ask how many answers a change would touch. Nothing changes yet."""
        body = {
            "kind": kind,
            "labels": [*labels],
            "into": [*into],
            "new_names": [*new_names],
        }
        return Call("POST", f"{self._base}/label-changes", types.LabelChange, body=body)

    @endpoint
    def apply(
        self, change: Id, *, evaluation: bool = False, look_again: bool = False
    ) -> Call[types.LabelChange]:
        """Make a counted change. Args: evaluation: held-back answers follow too."""
        body = {"evaluation": evaluation, "look_again": look_again}
        path = f"{self._base}/label-changes/{change}/apply"
        return Call("POST", path, types.LabelChange, body=body)

    @endpoint
    def undo(self, change: Id) -> Call[types.LabelChange]:
        """Take the newest change back."""
        return Call("POST", f"{self._base}/label-changes/{change}/undo", types.LabelChange)


class Assets(Noun[Mode]):
    """Names and counts of assets; their bytes are given and read on the cluster."""

    @listing
    def list(self) -> Call[types.Page[types.Asset]]:
        """List assets, newest first."""
        return Call("GET", f"{self._base}/assets", types.Page[types.Asset])

    @endpoint
    def show(self, asset: Id) -> Call[types.Asset]:
        """Return an asset."""
        return Call("GET", f"{self._base}/assets/{asset}", types.Asset)

    @endpoint
    def create(self, name: str, kind: str) -> Call[types.Asset]:
        """Name an asset; `cluster_url` of the answer leads to where it is filled."""
        body = {"name": name, "kind": kind}
        return Call("POST", f"{self._base}/assets", types.Asset, body=body)


class Datasets(Noun[Mode]):
    """Names and counts of datasets."""

    @listing
    def list(self) -> Call[types.Page[types.Dataset]]:
        """List datasets, newest first."""
        return Call("GET", f"{self._base}/datasets", types.Page[types.Dataset])

    @endpoint
    def create(self, name: str, role: str = "training") -> Call[types.Dataset]:
        """Name an empty dataset. Args: role: `training` or `evaluation`."""
        body = {"name": name, "role": role}
        return Call("POST", f"{self._base}/datasets", types.Dataset, body=body)


class Secrets(Noun[Mode]):
    """Names of secrets; `annex.client.cluster_packages.push_secret` sets the value of one."""

    @listing
    def list(self) -> Call[types.Page[types.Secret]]:
        """List names, newest first."""
        return Call("GET", f"{self._base}/secrets", types.Page[types.Secret])

    @endpoint
    def create(self, name: str) -> Call[types.Secret]:
        """Register a name."""
        return Call("POST", f"{self._base}/secrets", types.Secret, body={"name": name})

    @endpoint
    def remove(self, secret: Id) -> Call[None]:
        """Forget a name; the value is dropped on the cluster."""
        return Call("DELETE", f"{self._base}/secrets/{secret}", None)


class Tasks(Noun[Mode]):
    """Annotation tasks."""

    @listing
    def list(self) -> Call[types.Page[types.Task]]:
        """List tasks, newest first."""
        return Call("GET", f"{self._base}/tasks", types.Page[types.Task])

    @endpoint
    def show(self, task: Id) -> Call[types.Task]:
        """Return a task with its people and progress."""
        return Call("GET", f"{self._base}/tasks/{task}", types.Task)

    @endpoint
    def create(
        self,
        title: str,
        dataset: Id = UNSET,
        *,
        recipe: str = UNSET,
        arguments: Mapping[str, Any] = UNSET,
        state: str = UNSET,
        labels: Sequence[Id] = UNSET,
        exclusive: bool = UNSET,
        evaluation_dataset: Id | None = UNSET,
        evaluation_share: float = UNSET,
        suggestions: Mapping[str, Any] | None = UNSET,
        blind: bool = UNSET,
        unsure_first: bool = UNSET,
        guidelines: Id | None = UNSET,
        annotators: Sequence[Id] = UNSET,
        overlap: int = UNSET,
        lease_seconds: int = UNSET,
    ) -> Call[types.Task]:
        """Make a task; without `labels` it uses all of the project's.

        A published recipe has `arguments`, and needs no dataset: its stream gets a new one.

        Args: annotators: ids of memberships. suggestions: `{kind, id}` of a predictor.
        """
        body = given(**{name: value for name, value in locals().items() if name != "self"})
        return Call("POST", f"{self._base}/tasks", types.Task, body=body)

    @endpoint
    def change(
        self,
        task: Id,
        *,
        title: str = UNSET,
        state: str = UNSET,
        labels: Sequence[Id] = UNSET,
        evaluation_share: float = UNSET,
        suggestions: Mapping[str, Any] | None = UNSET,
        blind: bool = UNSET,
        unsure_first: bool = UNSET,
        guidelines: Id | None = UNSET,
        annotators: Sequence[Id] = UNSET,
        overlap: int = UNSET,
        lease_seconds: int = UNSET,
    ) -> Call[types.Task]:
        """Change a task. Args: annotators: the whole new list."""
        body = given(**{name: v for name, v in locals().items() if name not in {"self", "task"}})
        return Call("PATCH", f"{self._base}/tasks/{task}", types.Task, body=body)


class Jobs(Noun[Mode]):
    """A project's jobs; one job is watched and cancelled through the organization's `jobs`."""

    @listing
    def list(self) -> Call[types.Page[types.Job]]:
        """List jobs, newest first."""
        return Call("GET", f"{self._base}/jobs", types.Page[types.Job])

    @endpoint
    def start(self, recipe: str, arguments: Mapping[str, Any]) -> Call[types.Job]:
        """Start a job. For training the arguments are `{name, datasets, …}`."""
        body = {"recipe": recipe, "arguments": dict(arguments)}
        return Call("POST", f"{self._base}/jobs", types.Job, body=body)


class Models(Noun[Mode]):
    """Trained models: names and numbers; a job trains one."""

    @listing
    def list(self) -> Call[types.Page[types.Model]]:
        """List models, newest first."""
        return Call("GET", f"{self._base}/models", types.Page[types.Model])

    @endpoint
    def show(self, model: Id) -> Call[types.Model]:
        """Return a model."""
        return Call("GET", f"{self._base}/models/{model}", types.Model)


class Predictors(Noun[Mode]):
    """What can suggest, or be measured."""

    @listing
    def list(self) -> Call[types.Page[types.Predictor]]:
        """List rules, then models, then those that are both."""
        return Call("GET", f"{self._base}/predictors", types.Page[types.Predictor])

    @endpoint
    def combine(self, name: str, *, rules: Id, model: Id) -> Call[types.Predictor]:
        """Make rules and a model into one predictor."""
        body = {"name": name, "rules": rules, "model": model}
        return Call("POST", f"{self._base}/predictors", types.Predictor, body=body)


class Evaluations(Noun[Mode]):
    """Predictors measured on held-back datasets."""

    @listing
    def list(self) -> Call[types.Page[types.Evaluation]]:
        """List evaluations, newest first."""
        return Call("GET", f"{self._base}/evaluations", types.Page[types.Evaluation])

    @endpoint
    def start(
        self, predictor: Mapping[str, Any] | types.PredictorRef | types.Predictor, dataset: Id
    ) -> Call[types.Evaluation]:
        """Measure a predictor. Args: predictor: `{kind, id}`, or a row of `predictors.list()`."""
        if not isinstance(predictor, Mapping):
            predictor = {"kind": predictor.kind, "id": predictor.id}
        body = {"predictor": dict(predictor), "dataset": dataset}
        return Call("POST", f"{self._base}/evaluations", types.Evaluation, body=body)


class BoardNoun(Noun[Mode]):
    """The board."""

    @endpoint
    def show(self, *, dataset: Id | None = None, measures: str | None = None) -> Call[types.Board]:
        """Compare the project's predictors. Args: measures: `marks` or `labels`."""
        query = {"dataset": dataset, "measures": measures}
        return Call("GET", f"{self._base}/board", types.Board, query=query)


class ProjectScope(Generic[Mode]):
    """One project's nouns."""

    def __init__(self, sender: Sender, base: str) -> None:
        self.members: ProjectMembers[Mode] = ProjectMembers(sender, base)
        self.labels: Labels[Mode] = Labels(sender, base)
        self.label_changes: LabelChanges[Mode] = LabelChanges(sender, base)
        self.assets: Assets[Mode] = Assets(sender, base)
        self.datasets: Datasets[Mode] = Datasets(sender, base)
        self.secrets: Secrets[Mode] = Secrets(sender, base)
        self.tasks: Tasks[Mode] = Tasks(sender, base)
        self.jobs: Jobs[Mode] = Jobs(sender, base)
        self.models: Models[Mode] = Models(sender, base)
        self.predictors: Predictors[Mode] = Predictors(sender, base)
        self.evaluations: Evaluations[Mode] = Evaluations(sender, base)
        self.board: BoardNoun[Mode] = BoardNoun(sender, base)
