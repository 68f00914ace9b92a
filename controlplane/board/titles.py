"""Titles of jobs, made of the names that people gave what the jobs work on."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from annex.contract.enums import JobRecipe

from controlplane.board.models import Combination, TrainedModel
from controlplane.jobs.models import Job
from controlplane.projects.models import Asset, Dataset

VERBS: dict[JobRecipe, str] = {
    JobRecipe.IMPORT: "Import {asset}",
    JobRecipe.EXPORT: "Export {dataset}",
    JobRecipe.PREDICT: "Suggest with {predictor}",
    JobRecipe.PREDICT_FILES: "Predict {asset} with {predictor}",
    JobRecipe.EVALUATE: "Measure {predictor}",
    JobRecipe.TRAIN: "Train {model}",
    JobRecipe.TRAIN_CURVE: "Train {model} with a learning curve",
    JobRecipe.PACKAGE: "Package {model}",
}
GONE = "something deleted"


def titles_of(jobs: Iterable[Job]) -> dict[UUID, str]:
    """Return the title of each job, in four queries however many there are."""
    subjects = {job.id: _subjects(job) for job in jobs}
    wanted = {id_ for ids in subjects.values() for id_ in ids.values()}
    names: dict[str, str] = {}
    for table in (Asset, Dataset, TrainedModel, Combination):
        rows = table.objects.filter(pk__in=wanted).values_list("id", "name")
        names |= {str(id_): name for id_, name in rows}
    return {
        job.id: VERBS[JobRecipe(job.recipe)].format(
            **{role: names.get(id_, GONE) for role, id_ in subjects[job.id].items()}
        )
        for job in jobs
    }


def _subjects(job: Job) -> dict[str, str]:
    arguments = job.arguments
    found = {role: arguments[role] for role in ("asset", "dataset", "model") if role in arguments}
    if "predictor" in arguments:
        found["predictor"] = arguments["predictor"]["id"]
    return found
