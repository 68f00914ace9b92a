"""What the ids among a recipe's arguments stand for, laid beside its process."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
from annex.contract import fields as f
from annex.contract.enums import AssetState
from annex.contract.process import Provided
from annex.contract.references import Reference
from django.db.models import Prefetch, QuerySet

from worker.projects.models import Label
from worker.published.errors import ArgumentMissing, NotProvided
from worker.published.models import Secret, Text
from worker.published.sealing import Unsealable, unseal
from worker.published.telling import dataset_line
from worker.store.files import stored_files
from worker.store.models import Answer, Artefact, Asset, Dataset, Example
from worker.store.sources import open_source

COPIED_ROWS = 2000
IN_ORDER = Prefetch("answers", Answer.objects.order_by("answered_at", "id"))


def check_named(named: Iterator[Reference], project_id: UUID) -> None:
    """Refuse arguments that name what is not of this project, or what no recipe gets.

    Raises: ArgumentMissing, NotProvided (customer).
    """
    for each in named:
        if each.resource not in ROWS:
            raise NotProvided(field=f"arguments.{each.place}")
        if not ROWS[each.resource](project_id).filter(id=each.id).exists():
            raise ArgumentMissing(field=f"arguments.{each.place}")


def provide(named: Iterator[Reference], project_id: UUID, folder: Path) -> Provided:
    """Copy what the ids stand for into the folder, and return where it lies.

    Raises: ArgumentMissing when something is gone by now.
    """
    found: dict[str, dict[UUID, str]] = {}
    for each in named:
        kind, give = GIVE[each.resource]
        row = ROWS[each.resource](project_id).filter(id=each.id).first()
        if row is None:
            raise ArgumentMissing(field=f"arguments.{each.place}")
        found.setdefault(kind, {})[each.id] = give(row, folder)
    return Provided.model_validate(found)


def _texts(project_id: UUID) -> QuerySet[Any]:
    return Text.objects.filter(project_id=project_id)


def _labels(project_id: UUID) -> QuerySet[Any]:
    return Label.objects.filter(project_id=project_id)


def _assets(project_id: UUID) -> QuerySet[Any]:
    return Asset.objects.filter(project_id=project_id, state=AssetState.READY.value)


def _datasets(project_id: UUID) -> QuerySet[Any]:
    return Dataset.objects.filter(project_id=project_id)


def _models(project_id: UUID) -> QuerySet[Any]:
    return Artefact.objects.filter(project_id=project_id, kind=Artefact.Kind.MODEL)


def _secrets(project_id: UUID) -> QuerySet[Any]:
    return Secret.objects.filter(project_id=project_id)


ROWS: dict[f.Resource | None, Callable[[UUID], QuerySet[Any]]] = {
    None: _texts,
    f.Resource.LABEL: _labels,
    f.Resource.ASSET: _assets,
    f.Resource.DATASET: _datasets,
    f.Resource.MODEL: _models,
    f.Resource.SECRET: _secrets,
}


def _words(text: Text, _folder: Path) -> str:
    return text.text


def _name(label: Label, _folder: Path) -> str:
    return label.name


def _reveal(secret: Secret, _folder: Path) -> str:
    """Return the value, which goes over the pipe and into no file."""
    try:
        return unseal(bytes(secret.sealed), project_id=secret.project_id, secret_id=secret.id)
    except Unsealable:
        raise ArgumentMissing("The worker's key has changed: set the secret again.") from None


def _copy_asset(asset: Asset, folder: Path) -> str:
    """Copy the asset's file, or all that its pattern finds, one after the other."""
    place = folder / f"asset-{asset.id}"
    with place.open("wb") as copy:
        for file in open_source(asset).files:
            with file.open() as stream:
                shutil.copyfileobj(stream, copy)
    return str(place)


def _copy_dataset(dataset: Dataset, folder: Path) -> str:
    """Write a dataset's examples with their answers, each a `DatasetLine` as JSON."""
    place = folder / f"dataset-{dataset.id}.jsonl"
    examples = Example.objects.visible_in([dataset.id])
    with place.open("wb") as copy:
        for example in examples.prefetch_related(IN_ORDER).iterator(COPIED_ROWS):
            # Of an answer only what it has: most of a large dataset's answers have little.
            line = dataset_line(example).model_dump(mode="json", exclude_defaults=True)
            whole = {"text": example.text, "meta": example.meta, "answers": [], **line}
            copy.write(orjson.dumps(whole, option=orjson.OPT_APPEND_NEWLINE))
    return str(place)


def _unpack_model(model: Artefact, folder: Path) -> str:
    place = folder / f"model-{model.id}"
    with zipfile.ZipFile(stored_files().path(model.file_key)) as packed:
        packed.extractall(place)
    return str(place)


GIVE: dict[f.Resource | None, tuple[str, Callable[[Any, Path], str]]] = {
    None: ("texts", _words),
    f.Resource.LABEL: ("labels", _name),
    f.Resource.ASSET: ("assets", _copy_asset),
    f.Resource.DATASET: ("datasets", _copy_dataset),
    f.Resource.MODEL: ("models", _unpack_model),
    f.Resource.SECRET: ("secrets", _reveal),
}
