"""The catalogue of recipes, and the packages that were published to a cluster."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import Field as Aliased

from annex.client.calls import Call
from annex.client.nouns import Mode, Noun, endpoint, listing
from annex.client.types import Answer, Page
from annex.contract.fields import Field


class Home(Answer):
    """One version of a package that has the recipe, and the cluster where it lies."""

    package: str
    version: str
    cluster: UUID
    cluster_name: str


class RecipeName(Answer):
    """A recipe by name; `recipe` is what a task or job asks for, `polite.check.v1`."""

    recipe: str
    name: str
    version: int
    kind: str
    title: str


class Recipe(RecipeName):
    """A recipe; `arguments` is what it asks for, `json_schema` the same as JSON Schema."""

    view: str | None
    help: str
    built_in: bool
    arguments: list[Field]
    json_schema: dict[str, Any] = Aliased(alias="schema")
    packages: list[Home]


class Package(Answer):
    """A package as its author described it; `digest` is that of the description."""

    id: UUID
    name: str
    version: str
    digest: str
    created_by: str
    created_at: datetime
    recipes: list[RecipeName]


class Recipes(Noun[Mode]):
    """The catalogue."""

    @listing
    def list(self, cluster: UUID | str | None = None) -> Call[Page[Recipe]]:
        """List built-in recipes, then the published ones by name.

        Args: cluster: only what runs there.
        """
        query = {"cluster": cluster}
        return Call("GET", f"{self._base}/recipes", Page[Recipe], query=query)


class Packages(Noun[Mode]):
    """Packages of the organization's clusters. Their code lies on the cluster alone."""

    @listing
    def list(self, cluster: UUID | str) -> Call[Page[Package]]:
        """List what was published to a cluster, newest first."""
        return Call("GET", f"{self._base}/clusters/{cluster}/packages", Page[Package])

    @endpoint
    def register(
        self, cluster: UUID | str, name: str, version: str, recipes: Sequence[Any]
    ) -> Call[Package]:
        """Tell the control plane what a package on a cluster asks for.

        Args: recipes: descriptions, as `annex.contract.published.RecipePackage` has them.
        """
        path = f"{self._base}/clusters/{cluster}/packages"
        body = {"name": name, "version": version, "recipes": recipes}
        return Call("POST", path, Package, body=body)
