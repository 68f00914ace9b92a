"""Subjects, their sessions, and the tokens that may be used once."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar

from annex.contract.enums import Role
from django.db import models
from django.utils import timezone


class Subject(models.Model):
    """One person as this cluster knows them; the id is pairwise, minted by the control plane.

    `approved_role` is the second key: a local administrator's ceiling on what any login may do,
    whatever role the control plane claims. Blank until the first approval. `refused_at` is when an
    administrator last refused or revoked the person; an approval clears it.
    """

    id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=200)
    code = models.CharField(max_length=9, unique=True)
    simulated = models.BooleanField(default=False)
    asked_role = models.CharField(max_length=16, default=Role.ANNOTATOR.value)
    approved_role = models.CharField(max_length=16, blank=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.CharField(max_length=64, blank=True)
    refused_at = models.DateTimeField(null=True)
    refused_by = models.CharField(max_length=64, blank=True)
    seen_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.id)

    @property
    def is_approved(self) -> bool:
        """Say whether the second key has been turned."""
        return self.approved_at is not None


class Session(models.Model):
    """One signed-in browser. The key itself is only in the cookie; here lies its SHA-256."""

    key_hash = models.BinaryField(max_length=32, primary_key=True)
    subject = models.ForeignKey(Subject, models.CASCADE, related_name="sessions")
    roles = models.JSONField(default=dict)
    csrf = models.CharField(max_length=43)
    idle_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    by_script: ClassVar[bool] = False

    def __str__(self) -> str:
        return f"session of {self.subject_id}"

    @property
    def ends_at(self) -> datetime:
        """When it ends if nothing more is done."""
        return min(self.idle_at, self.expires_at)


class Preferences(models.Model):
    """How a person likes to work here; it follows them from browser to browser."""

    subject = models.OneToOneField(
        Subject, models.CASCADE, primary_key=True, related_name="preferences"
    )
    chosen = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"preferences of {self.subject_id}"


class BurnedToken(models.Model):
    """A login token that has been used; kept until it would have expired anyway."""

    jti = models.UUIDField(primary_key=True)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.jti)


class Unlock(models.Model):
    """A one-time local login that an administrator made for a subject, stored hashed."""

    token_hash = models.BinaryField(max_length=32, primary_key=True)
    subject = models.ForeignKey(Subject, models.CASCADE, related_name="unlocks")
    made_by = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(used_at__isnull=True)
                | models.Q(used_at__lte=models.F("expires_at")),
                name="unlock_used_in_time",
            )
        ]

    def __str__(self) -> str:
        return f"unlock of {self.subject_id}"


class DeviceLogin(models.Model):
    """A laptop that waits for somebody to let its scripts in.

    The long code is on the laptop alone, its SHA-256 here; a person compares `user_code` with what
    the laptop shows. `subject` is who has decided, `refused` how; the laptop then fetches its
    token once, which ends the row. `laptop` is what an unknown caller says it is called.
    """

    device_hash = models.BinaryField(max_length=32, primary_key=True)
    user_code = models.CharField(max_length=9, unique=True)
    laptop = models.CharField(max_length=64)
    subject = models.ForeignKey(Subject, models.CASCADE, null=True, related_name="device_logins")
    refused = models.BooleanField(default=False)
    polled_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"login of a laptop under {self.user_code}"


class ScriptToken(models.Model):
    """One laptop whose scripts act for a subject. Here lies the SHA-256 of its token.

    It holds no role: what it may do is asked anew at each request. `made_by` is the user of the
    machine on which it was made, blank when the person let the laptop in with a browser.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    token_hash = models.BinaryField(max_length=32, unique=True)
    subject = models.ForeignKey(Subject, models.CASCADE, related_name="script_tokens")
    laptop = models.CharField(max_length=64)
    made_by = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()

    by_script: ClassVar[bool] = True

    def __str__(self) -> str:
        return f"script token of {self.subject_id}"


class What(models.TextChoices):
    """What a row of the access log tells. Those in COUNTED add up over a day."""

    EXAMPLES_READ = "examples.read", "Examples handed out to annotate"
    ANSWERS_READ = "answers.read", "Own answers looked at again"
    COMMENTS_READ = "comments.read", "Comments on examples read"
    DATA_UPLOADED = "data.uploaded", "Data file uploaded"
    DATA_PREVIEWED = "data.previewed", "Rows of a data file previewed"
    RULES_READ = "rules.read", "Rules read"
    TEXTS_READ = "texts.read", "Texts for recipes read"
    TEXTS_ANNOTATED = "texts.annotated", "Texts of a script annotated by a predictor"
    MODEL_VIEWED = "model.viewed", "Model page opened"
    MISTAKES_READ = "mistakes.read", "Texts of an evaluation read"
    FAILURE_READ = "failure.read", "Failure with its traceback read"
    EXPORT_DOWNLOADED = "export.downloaded", "Export downloaded"
    MODEL_DOWNLOADED = "model.downloaded", "Model downloaded"
    LEDGER_DOWNLOADED = "ledger.downloaded", "Ledger downloaded"
    LOG_DOWNLOADED = "log.downloaded", "Access log downloaded"
    PACKAGE_PUBLISHED = "package.published", "Package of recipes published"
    PACKAGE_APPROVED = "package.approved", "Package of recipes approved"
    SECRET_SET = "secret.set", "Secret of a project set"
    SECRET_REMOVED = "secret.removed", "Secret of a project removed"
    PERSON_APPROVED = "person.approved", "Person approved"
    PERSON_REFUSED = "person.refused", "Person refused"
    PERSON_REVOKED = "person.revoked", "Approval taken back"
    PERSON_UNLOCKED = "person.unlocked", "Local login made"
    SCRIPT_LET_IN = "script.let_in", "Script login made"
    SCRIPT_ENDED = "script.ended", "Script login ended"
    LINE_CUT = "line.cut", "Line to the control plane cut"
    LINE_RESTORED = "line.restored", "Line to the control plane restored"


COUNTED = (
    What.EXAMPLES_READ,
    What.ANSWERS_READ,
    What.COMMENTS_READ,
    What.DATA_PREVIEWED,
    What.RULES_READ,
    What.TEXTS_READ,
    What.TEXTS_ANNOTATED,
    What.MODEL_VIEWED,
    What.MISTAKES_READ,
    What.FAILURE_READ,
)


class AccessRow(models.Model):
    """The cluster's own log of who read, took out or decided what; it never leaves the cluster.

    Kinds in COUNTED have one row per subject, noun and day (UTC), with `count` from `first_at` to
    `last_at`; the others one row each time. Without a `subject` it was `actor`, the user of the
    machine on which a command ran. `by_script` when it came with a script token, which counts
    apart. `detail` is the role that was approved.
    """

    id = models.BigAutoField(primary_key=True)
    day = models.DateField()
    what = models.CharField(max_length=32, choices=What.choices)
    subject = models.UUIDField(null=True)
    actor = models.CharField(max_length=64, blank=True)
    noun_id = models.UUIDField(null=True)
    count = models.PositiveBigIntegerField(default=1)
    detail = models.CharField(max_length=16, blank=True)
    by_script = models.BooleanField(default=False)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["day", "subject", "what", "noun_id", "by_script"],
                condition=models.Q(what__in=COUNTED),
                name="access_once_a_day",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["day", "id"], name="access_by_day"),
            models.Index(fields=["subject", "id"], name="access_by_subject"),
            models.Index(fields=["what", "id"], name="access_by_what"),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.noun_id}"
