"""Packages of recipes as their authors described them. Their code is on the cluster alone."""

from __future__ import annotations

from typing import Any, ClassVar

from annex.contract.fields import Field
from annex.contract.published import RecipeKind, View
from django.db import models
from django.utils import timezone
from pydantic import TypeAdapter

from controlplane.lib.tenancy import TenantManager, TenantModel
from controlplane.recipes.querysets import RecipeQuerySet

RECIPE_KINDS = [(kind.value, kind.value) for kind in RecipeKind]
VIEWS = [(view.value, view.value) for view in View]
FIELDS: TypeAdapter[list[Field]] = TypeAdapter(list[Field])


class Package(TenantModel):
    """One version of a package on one cluster. Never changed: a change is another version.

    `digest` is the contract's over the whole description; the cluster compares it with its own.
    """

    cluster = models.ForeignKey(
        "clusters.Cluster", on_delete=models.CASCADE, related_name="packages"
    )
    name = models.CharField(max_length=48)
    version = models.CharField(max_length=14)
    digest = models.CharField(max_length=64)
    created_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["cluster", "name", "version"], name="recipes_package_once"
            ),
        ]

    @property
    def order(self) -> tuple[int, ...]:
        """What sorts versions of a package from old to new."""
        return tuple(int(part) for part in self.version.split("."))


class Recipe(TenantModel):
    """One recipe of a package; `description` is the contract's `RecipeDescription` as it came."""

    package = models.ForeignKey(Package, on_delete=models.CASCADE, related_name="recipes")
    name = models.CharField(max_length=80)
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=16, choices=RECIPE_KINDS)
    view = models.CharField(max_length=16, choices=VIEWS, default="", blank=True)
    title = models.CharField(max_length=120)
    description = models.JSONField()

    objects = TenantManager.from_queryset(RecipeQuerySet)()  # type: ignore[misc]  # the same, with reads

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "version", "id"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["package", "name", "version"], name="recipes_recipe_once"
            ),
        ]

    @property
    def full_name(self) -> str:
        """The name under which a task asks for it, `polite.check.v1`."""
        return f"{self.name}.v{self.version}"

    @property
    def fields(self) -> list[Field]:
        """What it asks for."""
        return FIELDS.validate_python(self.description["fields"])

    @property
    def metrics(self) -> list[str]:
        """The names of the figures that it may report of a task."""
        return list(self.description.get("metrics", []))

    @property
    def help(self) -> str:
        """What its author says of it beyond the title."""
        return str(self.description["help"])
