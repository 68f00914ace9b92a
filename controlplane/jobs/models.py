"""Jobs and their attempts as the control plane sees them: ids, states and counts, never content."""

from __future__ import annotations

from typing import Any, ClassVar

from annex.contract.enums import FailureCode, JobRecipe, JobState, LeaseClass, Stage
from django.db import models
from django.db.models import Q
from django.utils import timezone

from controlplane.lib.tenancy import TenantModel

OPEN_STATES = [state.value for state in JobState if not state.is_terminal]
LEASED_STATES = [JobState.HELD.value, JobState.RUNNING.value]


class Job(TenantModel):
    """One run of a batch recipe on a cluster.

    `epoch` counts claims; what carries an older one is refused. `lease_expires_at` is set while a
    cluster holds the job. `silent` marks a sticky job whose cluster has not renewed in time: it
    may well be at work, so only a person starts it again.
    """

    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="jobs")
    cluster = models.ForeignKey("clusters.Cluster", on_delete=models.CASCADE, related_name="jobs")
    recipe = models.CharField(max_length=32, choices=[(r.value, r.value) for r in JobRecipe])
    arguments = models.JSONField()
    lease_class = models.CharField(max_length=8, choices=[(c.value, c.value) for c in LeaseClass])
    state = models.CharField(
        max_length=12, choices=[(s.value, s.value) for s in JobState], default=JobState.QUEUED.value
    )
    epoch = models.IntegerField(default=0)
    held_session = models.IntegerField(default=0)
    lease_expires_at = models.DateTimeField(null=True)
    silent = models.BooleanField(default=False)
    cancel_requested_at = models.DateTimeField(null=True)
    stage = models.CharField(max_length=16, blank=True, choices=[(s.value, s.value) for s in Stage])
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(null=True)
    failure_code = models.CharField(
        max_length=40, blank=True, choices=[(c.value, c.value) for c in FailureCode]
    )
    failure_stage = models.CharField(max_length=16, blank=True)
    failure_ref = models.UUIDField(null=True)
    failure_affected = models.BigIntegerField(null=True)
    outputs = models.JSONField(default=dict)
    created_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    offered_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(
                fields=["cluster", "created_at"],
                condition=Q(state="queued"),
                name="jobs_job_queued",
            ),
            models.Index(
                fields=["lease_expires_at"],
                condition=Q(state__in=["held", "running"], silent=False),
                name="jobs_job_leased",
            ),
            models.Index(
                fields=["offered_at"], condition=Q(state="offered"), name="jobs_job_offered"
            ),
            models.Index(fields=["project", "-created_at"], name="jobs_job_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.recipe} {self.id}"

    @property
    def job_state(self) -> JobState:
        """`state` as the contract's enum."""
        return JobState(self.state)

    @property
    def job_recipe(self) -> JobRecipe:
        """`recipe` as the contract's enum."""
        return JobRecipe(self.recipe)

    @property
    def full_recipe(self) -> str:
        """The name under which a caller asks for the recipe, a customer's own by its own name."""
        if self.recipe != JobRecipe.PUBLISHED:
            return self.recipe
        return f"{self.arguments['name']}.v{self.arguments['version']}"

    @property
    def is_sticky(self) -> bool:
        """Whether the cluster goes on without us."""
        return self.lease_class == LeaseClass.STICKY


class Attempt(TenantModel):
    """One claim of a job: which session took it, and how it ended."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="attempts")
    epoch = models.IntegerField()
    session_epoch = models.IntegerField()
    claimed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_as = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["job", "epoch"], name="jobs_attempt_epoch"),
        ]

    def __str__(self) -> str:
        return f"{self.job_id} {self.epoch}"
