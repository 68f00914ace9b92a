"""The catalogue of recipes, and the packages that were published to a cluster."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from annex.client.calls import Call
from annex.client.nouns import Mode, Noun, endpoint, listing
from annex.client.types import Answer, Page
from annex.contract.fields import Field
from annex.contract.published import RecipePackage


class RecipeHome(Answer):
    """One version of a package that has the recipe, and the cluster where it lies."""

    package: str
    version: str
    cluster: UUID
    cluster_name: str


class Recipe(Answer):
    """A recipe: `recipe` is what a task or job asks for, `arguments` what it asks for itself."""

    recipe: str
    name: str
    version: int
    kind: str
    title: str
    view: str | None
    help: str
    built_in: bool
    arguments: list[Field]
    packages: list[RecipeHome]


class Package(Answer):
    """A package as its author described it; `digest` is that of the description."""

    id: UUID
    name: str
    version: str
    digest: str
    created_by: str
    created_at: datetime


class Recipes(Noun[Mode]):
    """The catalogue."""

    @listing
    def list(self) -> Call[Page[Recipe]]:
        """List built-in recipes, then the published ones by name."""
        return Call("GET", f"{self._base}/recipes", Page[Recipe])


class Packages(Noun[Mode]):
    """Packages of the organization's clusters. Their code lies on the cluster alone."""

    @endpoint
    def register(self, cluster: UUID | str, package: RecipePackage) -> Call[Package]:
        """Tell the control plane what a package on a cluster asks for."""
        path = f"{self._base}/clusters/{cluster}/packages"
        return Call("POST", path, Package, body=package.model_dump(mode="json"))
