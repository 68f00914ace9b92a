"""Where the text lives. Keys of files are ids; names that came from data stay in these rows."""

from __future__ import annotations

import uuid
from typing import ClassVar

from annex.contract.enums import (
    AssetKind,
    AssetState,
    DatasetRole,
    LabelChangeKind,
    PredictorKind,
    Verdict,
)
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models.functions import Now

from worker.store.querysets import AnswerQuerySet, ExampleQuerySet


class Dataset(models.Model):
    """A named set of examples; `evaluation` datasets are never trained on."""

    id = models.UUIDField(primary_key=True)
    project_id = models.UUIDField(db_index=True)
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=16, choices=[(r.value, r.value) for r in DatasetRole])

    def __str__(self) -> str:
        return str(self.id)


class Asset(models.Model):
    """A named, versioned input.

    Picked files have a `root`, and `file_key` is a path below it, or a `worker.store.globs` pattern
    that has found `file_count` files; for uploads it is a key of `worker.store.files`. Both stay on
    the cluster, as does `file_name`.

    `plan` is a `worker.store.plans.Plan` as JSON; `hold_back` counts inputs.
    """

    id = models.UUIDField(primary_key=True)
    project_id = models.UUIDField(db_index=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=16, choices=[(k.value, k.value) for k in AssetKind])
    state = models.CharField(
        max_length=16,
        choices=[(s.value, s.value) for s in AssetState],
        default=AssetState.EMPTY.value,
    )
    version = models.PositiveIntegerField(default=0)
    root = models.CharField(max_length=32, blank=True)
    file_key = models.TextField(blank=True)
    is_pattern = models.BooleanField(default=False)
    file_count = models.PositiveIntegerField(default=1)
    file_name = models.TextField(blank=True)
    size_bytes = models.PositiveBigIntegerField(default=0)
    rows = models.PositiveBigIntegerField(null=True)
    plan = models.JSONField(null=True)
    hold_back = models.PositiveIntegerField(default=0)
    dataset_id = models.UUIDField(null=True)
    evaluation_dataset_id = models.UUIDField(null=True)

    def __str__(self) -> str:
        return str(self.id)


class ImportRun(models.Model):
    """One try at importing an asset's files. Nothing of it shows before `visible_at`.

    `asset_version` is the asset's when the run began; older rows have none.
    """

    class State(models.TextChoices):
        RUNNING = "running"
        VISIBLE = "visible"
        REFUSED = "refused"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    asset = models.ForeignKey(Asset, models.CASCADE, related_name="import_runs")
    asset_version = models.PositiveIntegerField(null=True)
    job = models.UUIDField(db_index=True)
    state = models.CharField(max_length=16, choices=State.choices, default=State.RUNNING)
    rows = models.PositiveBigIntegerField(default=0)
    duplicates = models.PositiveBigIntegerField(default=0)
    bad_rows = models.PositiveBigIntegerField(default=0)
    unregistered = models.PositiveBigIntegerField(default=0)
    started_at = models.DateTimeField(db_default=Now())
    visible_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.id)


class ImportedFile(models.Model):
    """How far one file of an asset has been imported into a dataset (`worker.store.marks`).

    `name` is empty for an asset of one file; `version` is what a listing said of it; without an
    `offset` it cannot be gone on with.
    """

    asset = models.ForeignKey(Asset, models.CASCADE, related_name="imported_files", db_index=False)
    dataset_id = models.UUIDField()
    name = models.TextField(blank=True)
    version = models.TextField(blank=True)
    size_bytes = models.PositiveBigIntegerField()
    offset = models.PositiveBigIntegerField(null=True)
    lines = models.PositiveBigIntegerField()
    digest = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["asset", "dataset_id", "name"], name="file_once_per_dataset"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class BadRow(models.Model):
    """One row that could not be imported: 1-based line, stable code, a sentence for people here.

    `file` is the path below the root, empty for an asset of one file.
    """

    import_run = models.ForeignKey(ImportRun, models.CASCADE, related_name="problems")
    file = models.TextField(blank=True)
    line = models.PositiveBigIntegerField()
    code = models.CharField(max_length=64)
    message = models.TextField()

    class Meta:
        ordering: ClassVar = ["file", "line", "id"]

    def __str__(self) -> str:
        return f"{self.line} {self.code}"


class Example(models.Model):
    """One unit of work. `id` orders a dataset as its file was; `uid` is what leaves the database.

    `input_hash` and `fold_key` are those of `hashes`: equal for equal texts, and for texts alike
    but for case, digits and spaces. `visible` is false for what is withdrawn from lists and queues.
    What a published recipe gave has no `import_run`. `options` are texts to pick one from.
    """

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(db_default=RandomUUID(), unique=True)
    dataset = models.ForeignKey(Dataset, models.CASCADE, related_name="examples", db_index=False)
    import_run = models.ForeignKey(
        ImportRun, models.CASCADE, null=True, related_name="examples", db_index=False
    )
    visible = models.BooleanField(db_default=True)
    text = models.TextField()
    input_hash = models.BinaryField()
    fold_key = models.BigIntegerField()
    meta = models.JSONField(db_default={})
    options = ArrayField(models.TextField(), default=list, db_default=[])

    objects = ExampleQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dataset", "input_hash"], name="input_once_per_dataset")
        ]
        indexes: ClassVar = [
            # Serves the ordered walk through a dataset and its count, both as index-only scans.
            models.Index(
                fields=["dataset", "id"],
                condition=models.Q(visible=True),
                name="example_visible",
            ),
        ]

    def __str__(self) -> str:
        return str(self.uid)


class Answer(models.Model):
    """What one annotator decided about one example. The client made `id`; edits count `version` up.

    `task_id` is null for answers that came with a file. `spans` is as in `worker.store.spans`;
    `choices` are the ids of the labels chosen for the whole text, `relations` as in
    `worker.store.relations`, `written` what was written in answer to the text, `picked` the place
    of the option taken, from 0. Null: nobody was asked for them, or none was taken.
    """

    id = models.UUIDField(primary_key=True)
    example = models.ForeignKey(Example, models.CASCADE, related_name="answers")
    task_id = models.UUIDField(null=True)
    annotator = models.UUIDField()
    verdict = models.CharField(max_length=8, choices=[(v.value, v.value) for v in Verdict])
    spans = models.JSONField(null=True, default=list)
    choices = ArrayField(models.UUIDField(), null=True)
    relations = models.JSONField(null=True)
    written = models.TextField(null=True)  # noqa: DJ001  an empty text is one that was asked for
    picked = models.PositiveSmallIntegerField(null=True)
    flagged = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    working_ms = models.PositiveBigIntegerField(default=0)
    answered_at = models.DateTimeField()

    objects = AnswerQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["task_id", "example", "annotator"],
                name="answer_once",
                nulls_distinct=False,
            )
        ]
        indexes: ClassVar = [
            # An annotator's own history in a task, newest first.
            models.Index(fields=["task_id", "annotator", "-answered_at"], name="answer_history")
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def labels(self) -> set[uuid.UUID]:
        """The labels that it says something with, by id."""
        marked = {uuid.UUID(span["label"]) for span in self.spans or ()}
        connected = {uuid.UUID(relation["label"]) for relation in self.relations or ()}
        return marked | connected | set(self.choices or ())


class LabelChange(models.Model):
    """A merge, split or deletion of labels that the project's answers have followed.

    `id` is the control plane's. Marks of `labels` became the first of `into`. `datasets` are the
    evaluation datasets it touched. `settled` once no answer can come in with the former labels.
    """

    id = models.UUIDField(primary_key=True)
    project_id = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=16, choices=[(k.value, k.value) for k in LabelChangeKind])
    labels = ArrayField(models.UUIDField())
    into = ArrayField(models.UUIDField())
    evaluation = models.BooleanField()
    look_again = models.BooleanField()
    datasets = ArrayField(models.UUIDField(), default=list)
    looks = models.PositiveBigIntegerField(default=0)
    not_restored = models.PositiveBigIntegerField(default=0)
    applied_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)
    settled = models.BooleanField(default=False)

    def __str__(self) -> str:
        return str(self.id)


class AnswerRevision(models.Model):
    """An answer as it was before a label change: what an undo puts back.

    `answered_at` tells whether the answer was edited since: a label change leaves it alone.
    """

    change = models.ForeignKey(LabelChange, models.CASCADE, related_name="revisions")
    answer = models.ForeignKey(Answer, models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField()
    spans = models.JSONField(null=True)
    choices = ArrayField(models.UUIDField(), null=True)
    relations = models.JSONField(null=True)
    answered_at = models.DateTimeField()
    held_back = models.BooleanField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["change", "answer"], name="revision_once_per_change")
        ]

    def __str__(self) -> str:
        return f"{self.answer_id} {self.version}"


class LabelDefinition(models.Model):
    """What counts as a label, in words that never leave the cluster; `id` is the label's.

    `counts` and `counts_not` are short examples, one a line.
    """

    id = models.UUIDField(primary_key=True)
    project_id = models.UUIDField(db_index=True)
    text = models.TextField(blank=True)
    counts = models.JSONField(default=list)
    counts_not = models.JSONField(default=list)
    written_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return str(self.id)


class Suggestion(models.Model):
    """What a predictor marked in one example, and chose for it: as in `Answer`."""

    example = models.ForeignKey(Example, models.CASCADE, related_name="suggestions", db_index=False)
    predictor_kind = models.CharField(
        max_length=16, choices=[(k.value, k.value) for k in PredictorKind]
    )
    predictor_id = models.UUIDField()
    spans = models.JSONField(default=list)
    choices = ArrayField(models.UUIDField(), default=list, db_default=[])

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["example", "predictor_kind", "predictor_id"],
                name="suggestion_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.example_id} {self.predictor_id}"


class Artefact(models.Model):
    """A file that a job wrote, for download here. For an export, `id` is the job's id."""

    class Kind(models.TextChoices):
        EXPORT = "export"
        MODEL = "model"
        WEIGHTS = "weights"
        WHEEL = "wheel"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    project_id = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    file_key = models.TextField()
    file_name = models.TextField()
    size_bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    details = models.JSONField(default=dict)

    def __str__(self) -> str:
        return str(self.id)
