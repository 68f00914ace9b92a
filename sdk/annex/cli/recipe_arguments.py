"""The arguments of a published recipe, typed as flags: names and texts become ids."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from annex.cli.labels import labels_named
from annex.cli.names import is_id
from annex.cli.scope_names import asset_named, dataset_named, model_named, secret_named
from annex.cli.texts import read_text
from annex.errors import BadInput, FieldError

if TYPE_CHECKING:
    from annex.cli.session import Session
    from annex.client.recipes import Recipe
    from annex.contract import fields as f


def recipe_named(now: Session, wanted: str) -> Recipe:
    """Return a recipe of the catalogue, with or without its version. Raises: BadInput."""
    rows = [row for row in now.organization.recipes.list() if wanted in {row.recipe, row.name}]
    if not rows:
        raise BadInput(
            f"There is no recipe {wanted}.", what_to_do="`annex recipes list` shows what there is."
        )
    return max(rows, key=lambda row: row.version)


def arguments_from_flags(
    now: Session, project: UUID, recipe: Recipe, words: Sequence[str]
) -> dict[str, Any]:
    """Return what flags say of a recipe's arguments, checked as the API will check it.

    Effects: a text is laid down on the project's cluster, and its id goes on.
    Raises: BadInput with each wrong field.
    """
    from annex.contract.values import BadValues, check_values
    from annex.recipes.flags import NotAFlag, parse_flags
    from annex.recipes.words import replace_words

    try:
        typed = parse_flags(recipe.arguments, list(words))
        named = replace_words(recipe.arguments, typed, _Replacing(now, project))
        return check_values(recipe.arguments, named)
    except NotAFlag as error:
        raise BadInput(str(error)) from None
    except BadValues as bad:
        wrong = [FieldError(f"arguments.{each.field}", each.message) for each in bad.errors]
        raise BadInput("Some arguments do not fit the recipe.", errors=wrong) from None


class _Replacing:
    """Finds the id of what a word names in a project; lays texts down on its cluster."""

    def __init__(self, now: Session, project: UUID) -> None:
        self.now = now
        self.project = project

    def __call__(self, kind: f.TextType | f.ResourceType, word: str) -> str:
        from annex.contract.fields import TextType

        if is_id(word):
            return word
        if isinstance(kind, TextType):
            return str(self._push(word))
        find = _FINDERS.get(kind.resource.value)
        if find is None:
            raise BadInput(f"Give the id of a {kind.resource.value}: it has no name here.")
        return str(find(self.now.organization.project(self.project), word))

    def _push(self, word: str) -> UUID:
        """Lay a text down, or with @ what a file holds."""
        from annex.cli.cluster_verbs import signed_in
        from annex.client.cluster_packages import push_text

        text = read_text(word)
        with signed_in("") as cluster:
            return push_text(cluster, self.project, text)


def _label(scope: Any, word: str) -> UUID:
    (found,) = labels_named(scope, [word])
    return UUID(str(found))


_FINDERS: dict[str, Callable[[Any, str], UUID]] = {
    "dataset": dataset_named,
    "asset": asset_named,
    "model": model_named,
    "label": _label,
    "secret": secret_named,
}
