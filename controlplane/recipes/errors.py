"""What can go wrong with packages of recipes."""

from __future__ import annotations

from controlplane.lib.errors import Conflict


class VersionTaken(Conflict):
    """The cluster knows other recipes under this name and version."""

    code = "package.version_taken"
    title = "This version of the package is already published, with other recipes"
    what_to_do = "Raise the version in the package's pyproject.toml, then publish again."


class RecipeTaken(Conflict):
    """Another package of the cluster has a recipe of this name."""

    code = "package.recipe_taken"
    title = "Another package on this cluster has a recipe of this name"
    what_to_do = "Give the recipe another name, or publish it in that package."
