"""Judges what is typed in the form, by the validator that cluster and control plane use."""

from __future__ import annotations

import shlex
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from pydantic import JsonValue

from annex.contract import fields as f
from annex.contract import process as p
from annex.contract.published import RecipeDescription, View
from annex.contract.values import BadValues, FieldError, Values, check_values
from annex.preview.labels import Label, labels_for
from annex.preview.shapes import Typed
from annex.recipes.flags import flags_for, strip
from annex.recipes.local import start_locally

FILES = frozenset({f.Resource.ASSET, f.Resource.MODEL, f.Resource.DATASET})
FIRST_LABELS = {
    View.SPANS: ["PERSON", "PLACE"],
    View.CHOICES: ["Yes", "No"],
    View.OVERLAPPING: ["PERSON", "PLACE"],
    View.RELATIONS: ["PERSON", "PLACE", "LIVES_IN"],
    View.TEXT: [],
    View.COMPARE: [],
    View.MARK: [],
    None: [],
}

Leaf = tuple[str, f.FieldType, JsonValue]


@dataclass(frozen=True)
class Judged:
    """What is wrong with values, each at its field; with nothing wrong, how to start with them."""

    errors: list[FieldError]
    start: p.Start


@dataclass(frozen=True)
class Checked(Judged):
    """A judged form, with the task's labels."""

    labels: list[Label]

    @property
    def files(self) -> list[Path]:
        """The files that the recipe reads."""
        return [Path(path) for path in self.start.provided.assets.values()]


def check_form(recipe: RecipeDescription, typed: Typed, folder: Path) -> Checked:
    """Check what is typed. Paths are those of files in the package's folder."""
    labels = labels_for(typed.labels)
    ids = {label.name: label.id for label in labels}
    judged = judge_values(recipe, typed.values, (folder,), ids)
    errors = judged.errors
    if recipe.view is not None and recipe.view.needs_labels and not labels:
        errors = [*errors, FieldError("labels", "Give at least one label.")]
    return Checked(errors, judged.start, labels)


def judge_values(
    recipe: RecipeDescription,
    values: Values,
    folders: tuple[Path, ...],
    labels: Mapping[str, UUID] | None = None,
) -> Judged:
    """Judge values as they are typed on a laptop: words, names, and paths from the folders.

    Args: labels: those there are, by name; None for any name.
    """
    leaves = [leaf for field in recipe.fields for leaf in _leaves_of(field, values)]
    start = _with_paths(start_locally(recipe, values, labels), folders)
    errors = _wrong_files(leaves, folders)
    if labels is not None:
        errors += _wrong_labels(leaves, labels)
    try:
        arguments = check_values(recipe.fields, start.arguments)
    except BadValues as bad:
        seen = {error.field for error in errors}
        return Judged([*errors, *(e for e in bad.errors if e.field not in seen)], start)
    return Judged(errors, start.model_copy(update={"arguments": arguments}))


def first_values(recipe: RecipeDescription, sample: Path | None) -> Values:
    """Return what the form shows before anybody typed: defaults, and the sample for an asset."""
    values = {field.name: field.default for field in recipe.fields if not field.required}
    if sample is None:
        return values
    assets = [field.name for field in recipe.fields if field.required and _is_asset(field.type)]
    return values | dict.fromkeys(assets, sample.name)


def command_for(recipe: RecipeDescription, typed: Typed, folder: str) -> str:
    """Return the command that gives the same values; defaults need no saying."""
    defaults = {field.name: field.default for field in recipe.fields if not field.required}
    said = {
        name: value
        for name, value in typed.values.items()
        if name not in defaults or not _is_same(value, defaults[name])
    }
    words = ["annex", "recipes", "test", shlex.quote(folder), recipe.name]
    return " ".join([*words, *map(_quoted, flags_for(said))])


def _is_same(typed: JsonValue, default: JsonValue) -> bool:
    """Compare what is typed, words all of it, with a default."""
    if isinstance(typed, dict) and isinstance(default, dict):
        return typed.keys() == default.keys() and all(
            _is_same(value, default[name]) for name, value in typed.items()
        )
    if isinstance(typed, list) and isinstance(default, list):
        return len(typed) == len(default) and all(map(_is_same, typed, default))
    return str(typed) == str(default)


def _quoted(flag: str) -> str:
    name, equals, value = flag.partition("=")
    return f"{name}={shlex.quote(value)}" if equals else name


def _leaves_of(field: f.Field, values: Values) -> Iterator[Leaf]:
    if field.name in values:
        yield from _leaves(field.name, field.type, values[field.name])


def _leaves(place: str, kind: f.FieldType, value: JsonValue) -> Iterator[Leaf]:
    """Yield each value that is not made of others, with where it lies and its type."""
    match strip(kind) or kind, value:
        case f.ListType(item=item), list():
            for index, each in enumerate(value):
                yield from _leaves(f"{place}.{index}", item, each)
        case f.GroupType(fields=fields), dict():
            for field in fields:
                if field.name in value:
                    yield from _leaves(f"{place}.{field.name}", field.type, value[field.name])
        case f.VariantType(variants=variants), dict():
            for group in variants:
                if group.name == value.get("kind"):
                    yield from _leaves(place, group, value)
        case bare, _:
            yield place, bare, value


def _wrong_labels(leaves: list[Leaf], known: Collection[str]) -> list[FieldError]:
    return [
        FieldError(place, "This is not one of the task's labels, which are typed below.")
        for place, kind, value in leaves
        if isinstance(kind, f.ResourceType)
        and kind.resource is f.Resource.LABEL
        and isinstance(value, str)
        and value not in known
    ]


def _wrong_files(leaves: list[Leaf], folders: tuple[Path, ...]) -> list[FieldError]:
    return [
        FieldError(place, "There is no such file.")
        for place, kind, value in leaves
        if _is_file(kind) and isinstance(value, str) and not _found(value, folders).exists()
    ]


def _with_paths(start: p.Start, folders: tuple[Path, ...]) -> p.Start:
    """Spell paths out: the process works in a folder of its own."""
    given = start.provided
    update = {
        name: {key: str(_found(path, folders)) for key, path in getattr(given, name).items()}
        for name in ("assets", "models", "datasets")
    }
    return start.model_copy(update={"provided": given.model_copy(update=update)})


def _found(path: str, folders: tuple[Path, ...]) -> Path:
    """Return the path in the first folder that has it, or else in the last."""
    paths = [folder / path for folder in folders]
    return next((each for each in paths if each.exists()), paths[-1])


def _is_file(kind: f.FieldType) -> bool:
    return isinstance(kind, f.ResourceType) and kind.resource in FILES


def _is_asset(kind: f.FieldType) -> bool:
    return isinstance(kind, f.ResourceType) and kind.resource is f.Resource.ASSET
