"""Titles of jobs, made of the names that people gave what the jobs work on."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from annex.contract.enums import JobRecipe, PredictorKind

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
    JobRecipe.PRETRAIN: "Pretrain {model}",
    JobRecipe.PACKAGE: "Package {model}",
    JobRecipe.PUBLISHED: "Run {recipe}",
}
GONE = "something deleted"
Named = Asset | Dataset | TrainedModel | Combination
TABLES: dict[str, type[Named]] = {"asset": Asset, "dataset": Dataset, "model": TrainedModel}
PREDICTORS: dict[PredictorKind, type[Named]] = {
    PredictorKind.RULES: Asset,
    PredictorKind.MODEL: TrainedModel,
    PredictorKind.COMBINED: Combination,
}


def titles_of(jobs: Iterable[Job]) -> dict[UUID, str]:
    """Return the title of each job, in a query for each kind of thing that they work on."""
    subjects = {job.id: _subjects(job) for job in jobs}
    names = _names([subject for roles in subjects.values() for subject in roles.values()])
    return {
        job.id: VERBS[JobRecipe(job.recipe)].format(
            recipe=job.full_recipe,
            **{role: names.get(id_, GONE) for role, (_, id_) in subjects[job.id].items()},
        )
        for job in jobs
    }


Subject = tuple[type[Named], str]


def _names(subjects: Iterable[Subject]) -> dict[str, str]:
    wanted: dict[type[Named], set[str]] = {}
    for table, id_ in subjects:
        wanted.setdefault(table, set()).add(id_)
    names: dict[str, str] = {}
    for table, ids in wanted.items():
        rows = table.objects.filter(pk__in=ids).values_list("id", "name")
        names |= {str(id_): name for id_, name in rows}
    return names


def _subjects(job: Job) -> dict[str, Subject]:
    arguments = job.arguments
    found: dict[str, Subject] = {
        role: (table, arguments[role]) for role, table in TABLES.items() if role in arguments
    }
    if predictor := arguments.get("predictor"):
        found["predictor"] = (PREDICTORS[PredictorKind(predictor["kind"])], predictor["id"])
    return found
