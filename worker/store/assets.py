"""What developers do with an asset on the cluster's Data page. Each ends with `asset.changed`."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from typing import BinaryIO
from uuid import UUID

from annex.contract.enums import AssetKind, AssetState
from annex.contract.outbound import AssetChanged
from django.conf import settings
from django.db import transaction

from common.errors import Conflict, InvalidRequest
from worker.link.outbox import emit
from worker.projects.models import Label
from worker.store.files import stored_files
from worker.store.formats.detect import guess_plan
from worker.store.formats.rows import RowProblem
from worker.store.globs import NoFileMatches, find_files
from worker.store.growth import Growth, forget, look_for_growth
from worker.store.imports.publish import still_to_hold_back
from worker.store.imports.runs import present_run
from worker.store.models import Asset, ImportRun
from worker.store.plans import Plan
from worker.store.preview import Preview, preview_source
from worker.store.roots import open_below
from worker.store.sources import Source, open_source


class NoFileYet(Conflict):
    """The asset has no file to look into."""

    code = "asset.no_file"
    title = "This asset has no file yet"
    what_to_do = "Upload a file, or pick one from a folder of the cluster."


class WrongEncoding(InvalidRequest):
    """The bytes of the file are not what the plan's encoding says."""

    code = "asset.wrong_encoding"
    title = "The file is not in this encoding"
    what_to_do = "Choose another encoding, or save the file as UTF-8."


class ColumnMissing(InvalidRequest):
    """The plan names a column that the file does not have."""

    code = "asset.column_missing"
    title = "The file does not have this column"
    what_to_do = "Choose one of the columns that the preview shows."


class HoldBackTooLarge(InvalidRequest):
    """More rows are to be held back than the file has."""

    code = "asset.hold_back_too_large"
    title = "This is too many rows to hold back"
    what_to_do = "Hold back at most as many rows as the file has."


class NotImported(Conflict):
    """The asset's files were not imported yet, or are being imported."""

    code = "asset.not_imported"
    title = "This data is not imported yet"
    what_to_do = "Wait for the import; then what was added since can be imported."


class NothingNew(Conflict):
    """Nothing was added to the asset's files since they were imported."""

    code = "asset.nothing_new"
    title = "There is nothing new to import"
    what_to_do = "Add rows or files first, or import everything again."


def receive_upload(asset: Asset, stream: BinaryIO, file_name: str) -> None:
    """Store an uploaded file as the asset's next version, with a guess of how to read it.

    Raises: FileTooLarge (customer).
    """
    key = f"uploads/{asset.id}-{asset.version + 1}"
    written = stored_files().put(key, stream, max_bytes=settings.UPLOAD_LIMIT_BYTES)
    _take(asset, Chosen("", key, file_name, written.size_bytes))


def pick_file(asset: Asset, root: str, path: str) -> None:
    """Point the asset at a file under one of the roots. Raises: BadPath, NotUnderRoot."""
    with open_below(root, path) as stream:
        size = stream.seek(0, 2)
    _take(asset, Chosen(root, path, PurePath(path).name, size))


def pick_files(asset: Asset, root: str, pattern: str) -> None:
    """Point the asset at all files below a root that match a pattern of `worker.store.globs`.

    Raises: BadPath, NotUnderRoot, NoFileMatches, TooManyFiles (customer).
    """
    found = find_files(root, pattern)
    if not found:
        raise NoFileMatches(field="pattern")
    size = sum(file.size_bytes for file in found)
    _take(asset, Chosen(root, pattern, pattern, size, file_count=len(found), is_pattern=True))


def preview_asset(asset: Asset, plan: Plan) -> Preview:
    """Show what the plan makes of the file's first rows. Raises: NoFileYet, WrongEncoding."""
    try:
        return preview_source(source_of(asset), plan, labels_by_name(asset.project_id))
    except UnicodeError:
        raise WrongEncoding(field="plan.encoding") from None


def confirm_asset(asset: Asset, plan: Plan, hold_back: int) -> None:
    """Make the asset ready to be imported under the plan.

    Raises: NoFileYet, WrongEncoding, ColumnMissing, HoldBackTooLarge (customer).
    """
    rows = count_rows(source_of(asset), plan)
    # All of them is allowed: a file with gold answers may be an evaluation set as a whole.
    if hold_back > rows:
        raise HoldBackTooLarge(f"The file has {rows:,} rows.", field="hold_back")
    asset.plan, asset.rows, asset.hold_back = plan.model_dump(mode="json"), rows, hold_back
    with transaction.atomic():
        # Read anew from here on: what the last try found says nothing about this one.
        asset.import_runs.filter(state=ImportRun.State.REFUSED).delete()
        forget(asset)
        save_asset(asset, AssetState.READY)


def growth_of(asset: Asset) -> Growth:
    """Return what has become of the asset's files since its import.

    Raises: NotImported, NotFound, NoFileMatches (customer).
    """
    run = present_run(asset)
    if run is None or run.state != ImportRun.State.VISIBLE or asset.dataset_id is None:
        raise NotImported
    return look_for_growth(asset, asset.dataset_id)


def import_again(asset: Asset, *, whole: bool) -> None:
    """Have what is new of the asset's files imported, or all of them where some were rewritten.

    What the dataset has already is left out either way, and nothing more is held back: what models
    are measured on stays as it is.
    Raises: NotImported, NothingNew, NotFound (customer).
    """
    growth = growth_of(asset)
    if not whole and not growth.news:
        raise NothingNew
    plan = Plan.model_validate(asset.plan)
    news = count_rows(source_of(asset) if whole else growth.source, plan)
    asset.rows = news + (0 if whole else asset.rows or 0)
    asset.size_bytes, asset.file_count = growth.size_bytes, sum(growth.counts.values())
    asset.hold_back -= still_to_hold_back(asset.id, asset.hold_back, asset.evaluation_dataset_id)
    with transaction.atomic():
        if whole:
            forget(asset)
        save_asset(asset, AssetState.READY)


def count_rows(source: Source, plan: Plan) -> int:
    """Read the source through once and return how many rows it has, bad ones included.

    Raises: WrongEncoding, NotFound; ColumnMissing when no row has the text's column.
    """
    rows, has_column = 0, False
    try:
        for record in source.records(plan):
            rows += 1
            has_column |= isinstance(record, RowProblem) or plan.text_column in record.fields
    except UnicodeError:
        raise WrongEncoding(field="plan.encoding") from None
    if rows and not has_column:
        raise ColumnMissing(f"No row has {plan.text_column!r}.", field="plan.text_column")
    return rows


def labels_by_name(project_id: UUID) -> dict[str, UUID]:
    """Return the ids of the project's labels by name, without retired ones."""
    labels = Label.objects.filter(project_id=project_id, retired=False)
    return dict(labels.values_list("name", "id"))


def save_asset(asset: Asset, state: AssetState) -> None:
    """Save the asset as its next version in this state and tell the control plane."""
    asset.state, asset.version = state.value, asset.version + 1
    with transaction.atomic():
        asset.save()
        emit(
            AssetChanged(
                asset=asset.id,
                kind=AssetKind(asset.kind),
                state=state,
                version=asset.version,
                root=asset.root or None,
                rows=asset.rows,
                size_bytes=asset.size_bytes,
                hold_back=asset.hold_back,
            )
        )


def printable(file_name: str) -> str:
    """Return a file's name as it can be stored and shown."""
    return "".join(c if c.isprintable() else "_" for c in file_name)[-255:]


def source_of(asset: Asset) -> Source:
    """Return the asset's files. Raises: NoFileYet, NotFound, NoFileMatches (customer)."""
    if not asset.file_key:
        raise NoFileYet
    return open_source(asset)


@dataclass(frozen=True)
class Chosen:
    """What a developer chose for an asset; the fields are those of `Asset`."""

    root: str
    file_key: str
    file_name: str
    size_bytes: int
    file_count: int = 1
    is_pattern: bool = False


def _take(asset: Asset, chosen: Chosen) -> None:
    former = "" if asset.root else asset.file_key
    asset.root, asset.file_key = chosen.root, chosen.file_key
    asset.is_pattern, asset.file_count = chosen.is_pattern, chosen.file_count
    asset.file_name, asset.size_bytes = printable(chosen.file_name), chosen.size_bytes
    asset.rows, asset.hold_back = None, 0
    forget(asset)
    asset.plan = _guess(asset).model_dump(mode="json")
    save_asset(asset, AssetState.UPLOADED)
    if former and former != chosen.file_key:
        stored_files().delete(former)


def _guess(asset: Asset) -> Plan:
    """Guess a plan from the first of the asset's files that is not empty."""
    for file in source_of(asset).files:
        with closing(file.open()) as stream:
            if stream.read(1):
                stream.seek(0)
                return guess_plan(stream, file.name or asset.file_name)
    return guess_plan(BytesIO(), asset.file_name)
