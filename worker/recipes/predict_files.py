"""Write a predictor's annotations of a data asset's files, piece by piece, on any worker."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import structlog
from annex.contract.enums import AssetKind, AssetState, FailureCode, JobRecipe, Stage
from annex.contract.outbound import ExportWritten
from annex.contract.recipes import PredictFilesArguments
from kombu.exceptions import OperationalError

from common.errors import InvalidRequest, NotFound
from worker.jobs.context import JobContext
from worker.jobs.errors import JobFailure
from worker.jobs.models import Attempt, Shard
from worker.jobs.shards import (
    HeldShard,
    do_held,
    done_in,
    open_shards,
    raise_failure,
    split_into,
    take_shard,
)
from worker.jobs.tasks import ring_for_help
from worker.link.outbox import emit
from worker.recipes.predict import find_predictor, load_or_fail
from worker.recipes.predict_piece import PiecePredictor, output_files, part_key
from worker.recipes.registry import job_recipe
from worker.store.models import Asset
from worker.store.pieces import pieces_of
from worker.store.plans import Plan
from worker.store.sources import open_source

log = structlog.get_logger(__name__)

LOOK_EVERY_SECONDS = 0.5


def remove_parts(job: UUID) -> None:
    """Remove what a job that is over has written; one that goes on keeps it. Safe to repeat."""
    attempts = Attempt.objects.filter(job=job)
    if attempts.open().exists():
        return
    for attempt in attempts.filter(shards__isnull=False).distinct():
        arguments = PredictFilesArguments.model_validate(attempt.arguments)
        files = output_files(arguments.output)
        for number in attempt.shards.values_list("number", flat=True):
            files.delete(part_key(job, number, arguments.format))
        attempt.shards.all().delete()


def get_ready(attempt: Attempt, folder: Path) -> Callable[[HeldShard], None]:
    """Load what doing a shard needs, in a process that helps."""
    arguments = PredictFilesArguments.model_validate(attempt.arguments)
    asset = find_asset(attempt.project_id, arguments.asset)
    predictor = load_or_fail(attempt.project_id, arguments.predictor)
    return PiecePredictor(attempt, arguments, asset, predictor, folder=folder).do


@job_recipe(JobRecipe.PREDICT_FILES, cleanup=remove_parts, helper=get_ready)
def run(context: JobContext, arguments: PredictFilesArguments) -> None:
    """Split the files, ring for help, do pieces, and end when all are done.

    A run that takes over from a killed one goes on with the pieces that are left.
    """
    asset = find_asset(context.project_id, arguments.asset)
    output_files(arguments.output)
    if not context.attempt.shards.exists():
        split(context, asset)
    call_for_help(context.attempt.id)
    predictor = find_predictor(context, arguments.predictor)
    piece_predictor = PiecePredictor(
        context.attempt,
        arguments,
        asset,
        predictor,
        folder=context.folder,
        on_progress=lambda: say_progress(context, asset),
    )
    do_all(context, asset, piece_predictor.do)
    with context.write():
        announce(context)


def split(context: JobContext, asset: Asset) -> None:
    """Write one shard for each piece of the files. Raises: JobFailure when there are none."""
    context.progress(Stage.READING, 0)
    try:
        pieces = list(pieces_of(open_source(asset), Plan.model_validate(asset.plan)))
    except (NotFound, InvalidRequest) as gone:
        raise JobFailure(FailureCode.SOURCE_MISSING, detail=gone.detail) from gone
    if not pieces:
        raise JobFailure(FailureCode.NO_EXAMPLES, 0, "The files have no rows.")
    with context.write():
        split_into(context.attempt, [piece.model_dump() for piece in pieces])


def do_all(context: JobContext, asset: Asset, do: Callable[[HeldShard], None]) -> None:
    """Do shards until all are done, here or elsewhere. Raises: JobFailure, JobCancelled."""
    attempt = context.attempt.id
    while open_shards(attempt):
        say_progress(context, asset)
        raise_failure(attempt)
        if held := take_shard(attempt, is_helped=False):
            do_held(held, do)
        else:
            time.sleep(LOOK_EVERY_SECONDS)
    raise_failure(attempt)


def say_progress(context: JobContext, asset: Asset) -> None:
    """Say how many rows all shards have done. Raises: JobCancelled, AttemptFenced."""
    context.progress(Stage.PREDICTING, done_in(context.attempt.id), asset.rows)


def call_for_help(attempt: UUID) -> None:
    """Ring for other workers; without a broker the job goes on alone until the sweeper rings."""
    try:
        ring_for_help(attempt)
    except OperationalError:
        log.warning("no doorbell could be rung", attempt=str(attempt))


def announce(context: JobContext) -> None:
    """Tell the control plane how much was written. Call within `context.write()`."""
    results = Shard.objects.filter(attempt=context.attempt.id).values_list("result", flat=True)
    emit(
        ExportWritten(
            job=context.job,
            job_epoch=context.attempt.epoch,
            examples=sum(result["rows"] for result in results),
            not_expressible=sum(result["bad_rows"] for result in results),
            size_bytes=sum(result["size_bytes"] for result in results),
        )
    )


def find_asset(project: UUID, asset_id: UUID) -> Asset:
    """Return a ready data asset of the job's own project. Raises: JobFailure."""
    asset = Asset.objects.filter(
        id=asset_id, project_id=project, kind=AssetKind.DATA, state=AssetState.READY
    ).first()
    if asset is None:
        raise JobFailure(FailureCode.SOURCE_MISSING, detail="The asset has no confirmed file.")
    return asset
