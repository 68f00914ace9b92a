"""People, the organizations they belong to, and what lets them in."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from annex.contract.enums import Role
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from controlplane.accounts.choices import DEVICE_LOGIN_STATES, ROLE_CHOICES
from controlplane.lib.tenancy import TenantManager, TenantModel


class UserManager(BaseUserManager["User"]):
    """Creates users; e-mail addresses are stored in lower case, because people type both."""

    def create_user(self, email: str, name: str, password: str | None = None) -> User:
        """Create a user; without a password nobody can sign in as them.

        Args: password: already checked against the validators by the caller.
        """
        user = self.model(email=email.strip().lower(), name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """Return the user with this address, however it is capitalised."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A person, who may belong to several organizations."""

    shared_because = "one person signs in once and may belong to several organizations"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=200)
    simulated = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="accounts_user_email_lower_case"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OrganizationManager(TenantManager["Organization"]):
    """Shows the active organization and no other: it is its own tenant."""

    tenant_column = "pk"


class Organization(models.Model):
    """The tenant; owns everything else."""

    shared_because = "it is the tenant itself; its policy compares its own id"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=48, unique=True)
    name = models.CharField(max_length=200)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[OrganizationManager] = OrganizationManager()

    def __str__(self) -> str:
        return self.slug


class Membership(TenantModel):
    """One person in one organization, with one role. The REST table calls it a member."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=16, choices=ROLE_CHOICES)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["organization", "user"], name="accounts_membership_once"
            ),
        ]

    @property
    def contract_role(self) -> Role:
        """The role as the contract's enum."""
        return Role(self.role)


class Invitation(TenantModel):
    """An offer of membership, sent by mail; the token in the link is stored as a digest."""

    email = models.EmailField(max_length=254)
    role = models.CharField(max_length=16, choices=ROLE_CHOICES)
    invited_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["organization", "email"],
                condition=models.Q(accepted_at=None),
                name="accounts_invitation_once",
            ),
        ]

    @property
    def is_expired(self) -> bool:
        """Whether its time has passed."""
        return self.expires_at <= timezone.now()

    @property
    def state(self) -> str:
        """`pending`, `expired` or `accepted`."""
        if self.accepted_at is not None:
            return "accepted"
        return "expired" if self.is_expired else "pending"


class ApiToken(TenantModel):
    """A key for scripts, bound to one organization and a role; the secret is stored as a digest."""

    name = models.CharField(max_length=200)
    role = models.CharField(max_length=16, choices=ROLE_CHOICES)
    made_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    prefix = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    @property
    def is_expired(self) -> bool:
        """Whether its time has passed."""
        return self.expires_at is not None and self.expires_at <= timezone.now()


class Subject(TenantModel):
    """The id under which one cluster knows one person; another cluster knows another id.

    `cluster_id` is no foreign key because clusters are built on accounts, not the reverse.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    cluster_id = models.UUIDField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["cluster_id", "user"], name="accounts_subject_pairwise"
            ),
        ]


class DeviceLogin(models.Model):
    """A laptop that asks to be signed in; both codes are stored as digests.

    Nothing of an organization stands here: what a person has decided is a `DeviceApproval`.
    """

    shared_because = "whoever asks belongs to no organization until a person has approved it"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    device_digest = models.CharField(max_length=64, unique=True)
    user_digest = models.CharField(max_length=64, unique=True)
    machine = models.CharField(max_length=64)
    state = models.CharField(max_length=16, choices=DEVICE_LOGIN_STATES)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.machine

    @property
    def is_expired(self) -> bool:
        """Whether its time has passed."""
        return self.expires_at <= timezone.now()


class DeviceApproval(TenantModel):
    """Who lets a laptop in, and as what; gone once the laptop has collected its token.

    `login_id` is no foreign key, because a login is deleted without knowing the organization.
    """

    login_id = models.UUIDField(unique=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=16, choices=ROLE_CHOICES)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
