"""Import a ready data asset: checked, staged, deduplicated, split, and visible in one commit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID

from annex.contract.enums import AssetKind, AssetState, FailureCode, JobRecipe, Stage
from annex.contract.recipes import ImportArguments
from django.db import transaction

from common.errors import NotFound
from worker.jobs.context import JobContext
from worker.jobs.errors import JobFailure
from worker.projects.models import Label
from worker.queue.filling import fill_queues_of
from worker.recipes.registry import job_recipe
from worker.store.counts import emit_dataset_changed
from worker.store.formats.rows import FileUnreadable, Row, RowProblem
from worker.store.globs import NoFileMatches
from worker.store.growth import look_for_growth, remember
from worker.store.imports.checks import RowChecks
from worker.store.imports.load import stage_rows
from worker.store.imports.publish import Target, publish, still_to_hold_back
from worker.store.imports.runs import Problems, finish_run, remove_unfinished_runs, start_run
from worker.store.imports.staging import Staging
from worker.store.marks import Mark
from worker.store.models import Asset, Dataset, ImportRun
from worker.store.plans import OnBadRows, Plan
from worker.store.sources import Source, SourceFile


@job_recipe(JobRecipe.IMPORT, cleanup=remove_unfinished_runs)
def run(context: JobContext, arguments: ImportArguments) -> None:
    """Bring the asset's rows into the dataset.

    A run of this job that has shown its rows already is left as it is: the job only says so again.
    """
    asset = find_asset(context, arguments)
    if not ImportRun.objects.filter(job=context.job, state=ImportRun.State.VISIBLE).exists():
        import_source(context, arguments, asset, find_news(asset, arguments.dataset))
    with context.write():
        fill_queues_of(datasets_of(arguments))
        for dataset in datasets_of(arguments):
            emit_dataset_changed(dataset)


def import_source(
    context: JobContext, arguments: ImportArguments, asset: Asset, source: Source
) -> None:
    """Read the files and publish their rows, or refuse them all with their problems listed."""
    plan, marks = Plan.model_validate(asset.plan), dict[SourceFile, Mark]()
    problems, checks = Problems(source.locate), RowChecks(labels_of(context), plan.may_overlap)
    with context.write():
        import_run = start_run(asset, context.job)
    with Staging() as staging:
        read = stage_rows(
            read_or_fail(source, plan, marks),
            checks,
            problems,
            staging=staging,
            keep_going=plan.on_bad_rows is OnBadRows.SKIP,
            on_chunk=lambda rows: context.progress(Stage.COPYING, rows, asset.rows),
        )
        import_run.unregistered = checks.unregistered
        refuse_if_bad(context, import_run, plan, problems, read)
        publish_run(context, arguments, import_run, problems, read, marks=marks)


def publish_run(
    context: JobContext,
    arguments: ImportArguments,
    import_run: ImportRun,
    problems: Problems,
    read: int,
    *,
    marks: Mapping[SourceFile, Mark],
) -> None:
    """Show the staged rows, unless another run owns the job by now.

    The fence is checked last: it holds the attempt's row, and the heartbeat would have to wait.
    """
    asset, evaluation = import_run.asset, arguments.evaluation_dataset
    hold_back = still_to_hold_back(asset.id, asset.hold_back, evaluation)
    context.progress(Stage.FINISHING, 0, read)
    with transaction.atomic():
        added = publish(Target(import_run, arguments.dataset, evaluation, hold_back))
        with context.write():
            remember(asset, arguments.dataset, marks)
            finish_run(
                import_run,
                state=ImportRun.State.VISIBLE,
                added=added,
                read=read,
                problems=problems,
            )


def refuse_if_bad(
    context: JobContext, import_run: ImportRun, plan: Plan, problems: Problems, read: int
) -> None:
    """End the run when its rows may not be shown. Raises: JobFailure."""
    refused = problems.total > 0 and plan.on_bad_rows is OnBadRows.REFUSE
    goes_on = import_run.asset.imported_files.exists()
    if (read > 0 or (goes_on and problems.total == 0)) and not refused:
        return
    with context.write():
        finish_run(import_run, state=ImportRun.State.REFUSED, added=0, read=read, problems=problems)
    if problems.total == 0:
        raise JobFailure(FailureCode.NO_EXAMPLES, 0, "The file has no rows.")
    code = FailureCode.UNREGISTERED_LABELS if problems.unregistered_only else FailureCode.BAD_ROWS
    first = problems.listed[0]
    place = f"{first.file}, line {first.line}" if first.file else f"line {first.line}"
    raise JobFailure(code, problems.total, f"{problems.total:,} bad rows; {place}: {first.message}")


def find_asset(context: JobContext, arguments: ImportArguments) -> Asset:
    """Return the asset to import, all of it in the job's own project. Raises: JobFailure."""
    asset = Asset.objects.filter(
        id=arguments.asset,
        project_id=context.project_id,
        kind=AssetKind.DATA,
        state=AssetState.READY,
    ).first()
    if asset is None:
        raise JobFailure(FailureCode.SOURCE_MISSING, detail="The asset has no confirmed file.")
    wanted = datasets_of(arguments)
    known = Dataset.objects.filter(id__in=wanted, project_id=context.project_id).count()
    if known != len(wanted):
        raise JobFailure(FailureCode.BAD_ARGUMENTS, detail="A dataset is not of this project.")
    return asset


def datasets_of(arguments: ImportArguments) -> set[UUID]:
    """Return the ids of the datasets that the import writes to."""
    return {arguments.dataset, arguments.evaluation_dataset or arguments.dataset}


def find_news(asset: Asset, dataset: UUID) -> Source:
    """Return what the dataset does not have of the asset's files, at first all of it.

    Raises: JobFailure when there are no files any more, or nothing but rewritten ones.
    """
    try:
        growth = look_for_growth(asset, dataset)
    except (NotFound, NoFileMatches) as gone:
        raise JobFailure(FailureCode.SOURCE_MISSING, detail=gone.detail) from gone

    if growth.rewritten and not growth.news:
        raise JobFailure(
            FailureCode.SOURCE_REWRITTEN, len(growth.rewritten), "Nothing was added to the files."
        )
    return growth.source


def read_or_fail(
    source: Source, plan: Plan, marks: dict[SourceFile, Mark]
) -> Iterator[Row | RowProblem]:
    """Yield the files' rows and mark how far each was read.

    Raises: JobFailure for one that is gone, or not as the plan says.
    """
    try:
        yield from source.rows(plan, marks.__setitem__)
    except NotFound as gone:
        raise JobFailure(FailureCode.SOURCE_MISSING, detail=gone.detail) from gone
    except UnicodeError as error:
        raise JobFailure(
            FailureCode.UNREADABLE_FORMAT, detail="The file is not in the chosen encoding."
        ) from error
    except FileUnreadable as error:
        raise JobFailure(FailureCode.UNREADABLE_FORMAT, detail=error.detail) from error


def labels_of(context: JobContext) -> dict[str, UUID]:
    """Return the ids of the project's labels by name; retired ones cannot be imported."""
    labels = Label.objects.filter(project_id=context.project_id, retired=False)
    return dict(labels.values_list("name", "id"))
