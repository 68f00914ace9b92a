"""A customer's own job recipe: run behind the fence, followed, and what it gives is kept."""

from __future__ import annotations

import time
from uuid import UUID

from annex.contract import process as p
from annex.contract.enums import FailureCode, JobRecipe, Stage
from annex.contract.published import PublishedRecipe, RecipeKind
from annex.contract.references import references_in
from django.conf import settings

from common.errors import Conflict
from worker.jobs.context import JobContext
from worker.jobs.errors import JobFailure
from worker.projects.models import Label
from worker.published.adding import keep_added
from worker.published.coarse import CoarseProgress
from worker.published.environments import InstallFailed
from worker.published.failures import FailureKind, RecipeFailed
from worker.published.outputs import keep_output, remove_output
from worker.published.process import RecipeProcess
from worker.published.provided import check_named
from worker.published.recipes import Accepted, accept_recipe
from worker.published.starting import start_process
from worker.recipes.registry import job_recipe

LOOKED_UP_SECONDS = 0.5
"""So often it is seen whether the job was cancelled, while its recipe says nothing."""


@job_recipe(JobRecipe.PUBLISHED, cleanup=remove_output)
def run(context: JobContext, arguments: PublishedRecipe) -> None:
    """Run the recipe to its end and keep the files that it leaves in its output folder."""
    accepted = accept_job(arguments, context.project_id)
    context.progress(Stage.STARTING, 0)
    try:
        labels = Label.objects.filter(project_id=context.project_id)
        process, start = start_process(accepted, context.project_id, labels)
        try:
            follow(context, process, start)
            process.halt()
            keep_output(context, process.folder / p.OUTPUT_FOLDER, accepted.description.name)
            keep_added(context, accepted, process.folder / p.ADDED_FOLDER)
        finally:
            process.end()
    except RecipeFailed as failed:
        raise JobFailure(FailureCode.RECIPE_FAILED, detail=told(failed)) from None
    except InstallFailed as failed:
        raise JobFailure(FailureCode.RECIPE_REFUSED, detail=failed.log) from None


def accept_job(arguments: PublishedRecipe, project_id: UUID) -> Accepted:
    """Return the recipe that a job runs. Raises: JobFailure when it cannot run here."""
    try:
        accepted = accept_recipe(arguments, RecipeKind.JOB)
        check_named(references_in(accepted.description.fields, accepted.arguments), project_id)
    except Conflict as refused:
        raise JobFailure(FailureCode.RECIPE_REFUSED, detail=str(refused)) from None
    return accepted


def follow(context: JobContext, process: RecipeProcess, start: p.Start) -> None:
    """Let the recipe run, passing on roughly how far it is.

    Raises: RecipeFailed; JobCancelled within a second of a cancel.
    """
    until = time.monotonic() + settings.JOB_LONG_SECONDS
    coarse = CoarseProgress(lambda done, total: context.progress(Stage.RUNNING, done, total))
    process.tell(start, seconds=settings.RECIPE_SECONDS)
    while True:
        while not process.is_heard(LOOKED_UP_SECONDS):
            context.check_cancelled()
            if time.monotonic() > until:
                raise RecipeFailed(FailureKind.TIMED_OUT, message="It ran out of time.")
        said = process.hear(seconds=settings.RECIPE_SECONDS)
        if isinstance(said, p.Finished):
            return
        if not isinstance(said, p.Progressed):
            raise RecipeFailed(FailureKind.GARBAGE, message="A job says how far it is, no more.")
        context.check_cancelled()
        coarse.tell(said.done, said.total)


def told(failed: RecipeFailed) -> str:
    """Return all that is known of a failure, for people on the cluster."""
    parts = [failed.kind.label, failed.message, failed.traceback, failed.output]
    return "\n\n".join(part.replace("\0", "") for part in parts if part)
