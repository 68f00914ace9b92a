"""Judges what is typed in the form, by the validator that cluster and control plane use."""

from __future__ import annotations

import shlex
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import JsonValue

from annex.contract import fields as f
from annex.contract import process as p
from annex.contract.published import RecipeDescription, RecipeKind, View
from annex.contract.values import BadValues, FieldError, check_values
from annex.preview.labels import Label, labels_for
from annex.preview.shapes import Typed
from annex.recipes.flags import flags_for, strip
from annex.recipes.local import start_locally

FILES = frozenset({f.Resource.ASSET, f.Resource.MODEL, f.Resource.DATASET})
FIRST_LABELS = {View.SPANS: ["PERSON", "PLACE"], View.CHOICES: ["Yes", "No"], None: []}

Leaf = tuple[str, f.FieldType, JsonValue]


@dataclass(frozen=True)
class Checked:
    """What is wrong with the form, each at its field; with nothing wrong, how to start it."""

    errors: list[FieldError]
    start: p.Start
    labels: list[Label]
    files: list[Path]


def check_form(recipe: RecipeDescription, typed: Typed, folder: Path) -> Checked:
    """Check what is typed. Paths are those of files in the package's folder."""
    labels = labels_for(typed.labels)
    ids = {label.name: label.id for label in labels}
    leaves = [leaf for field in recipe.fields for leaf in _leaves_of(field, typed.values)]
    start = start_locally(recipe, typed.values, ids)
    errors = [*_wrong_labels(leaves, set(ids)), *_wrong_files(leaves, folder)]
    arguments = start.arguments
    try:
        arguments = check_values(recipe.fields, start.arguments)
    except BadValues as bad:
        seen = {error.field for error in errors}
        errors += [error for error in bad.errors if error.field not in seen]
    if recipe.kind is RecipeKind.TASK and not labels:
        errors.append(FieldError("labels", "Give at least one label."))
    files = [folder / str(value) for _, kind, value in leaves if _is_file(kind)]
    return Checked(errors, start.model_copy(update={"arguments": arguments}), labels, files)


def first_values(recipe: RecipeDescription, sample: Path | None) -> dict[str, JsonValue]:
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
        if name not in defaults or value != defaults[name]
    }
    return shlex.join(["annex", "recipes", "test", folder, recipe.name, *flags_for(said)])


def _leaves_of(field: f.Field, values: dict[str, JsonValue]) -> Iterator[Leaf]:
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


def _wrong_files(leaves: list[Leaf], folder: Path) -> list[FieldError]:
    return [
        FieldError(place, "There is no such file in the package's folder.")
        for place, kind, value in leaves
        if _is_file(kind) and isinstance(value, str) and not (folder / value).exists()
    ]


def _is_file(kind: f.FieldType) -> bool:
    return isinstance(kind, f.ResourceType) and kind.resource in FILES


def _is_asset(kind: f.FieldType) -> bool:
    return isinstance(kind, f.ResourceType) and kind.resource is f.Resource.ASSET
