"""Names of what rows of the access log are about."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final
from uuid import UUID

from worker.jobs.models import Failure
from worker.people.models import AccessRow, Subject, What
from worker.projects.models import Combination, ModelName, Project, Task
from worker.published.models import Package
from worker.store.models import Artefact, Asset
from worker.training.models import Evaluation

Titles = dict[UUID, str]


def titles_of(rows: Iterable[AccessRow]) -> Titles:
    """Return names by id: one query for each kind of thing that occurs."""
    wanted: dict[Callable[[set[UUID]], Titles], set[UUID]] = {}
    for row in rows:
        look_up = _LOOK_UP.get(What(row.what))
        if look_up is not None and row.noun_id is not None:
            wanted.setdefault(look_up, set()).add(row.noun_id)
    titles: Titles = {}
    for look_up, ids in wanted.items():
        titles |= look_up(ids)
    return titles


def _tasks(ids: set[UUID]) -> Titles:
    return dict(Task.objects.filter(id__in=ids).values_list("id", "title"))


def _assets(ids: set[UUID]) -> Titles:
    return dict(Asset.objects.filter(id__in=ids).values_list("id", "name"))


def _models(ids: set[UUID]) -> Titles:
    return dict(ModelName.objects.filter(id__in=ids).values_list("id", "name"))


def _combinations(ids: set[UUID]) -> Titles:
    return dict(Combination.objects.filter(id__in=ids).values_list("id", "name"))


def _files(ids: set[UUID]) -> Titles:
    return dict(Artefact.objects.filter(id__in=ids).values_list("id", "file_name"))


def _people(ids: set[UUID]) -> Titles:
    return dict(Subject.objects.filter(id__in=ids).values_list("id", "name"))


def _evaluated(ids: set[UUID]) -> Titles:
    measured = Evaluation.objects.filter(id__in=ids).values_list("id", "predictor_id")
    names = _models({predictor for _, predictor in measured})
    names |= _assets({predictor for _, predictor in measured})
    names |= _combinations({predictor for _, predictor in measured})
    return {evaluation: names.get(predictor, "") for evaluation, predictor in measured}


def _failures(ids: set[UUID]) -> Titles:
    """A job's failure is read by itself, those of a recipe with the task whose they are."""
    return dict(Failure.objects.filter(ref__in=ids).values_list("ref", "code")) | _tasks(ids)


def _projects(ids: set[UUID]) -> Titles:
    return dict(Project.objects.filter(id__in=ids).values_list("id", "title"))


def _packages(ids: set[UUID]) -> Titles:
    return {package.id: str(package) for package in Package.objects.filter(id__in=ids)}


_LOOK_UP: Final[dict[What, Callable[[set[UUID]], Titles]]] = {
    What.EXAMPLES_READ: _tasks,
    What.ANSWERS_READ: _tasks,
    What.COMMENTS_READ: _tasks,
    What.DATA_UPLOADED: _assets,
    What.DATA_PREVIEWED: _assets,
    What.RULES_READ: _assets,
    What.TEXTS_READ: _projects,
    What.TEXTS_ANNOTATED: _projects,
    What.MODEL_VIEWED: _models,
    What.MISTAKES_READ: _evaluated,
    What.FAILURE_READ: _failures,
    What.EXPORT_DOWNLOADED: _files,
    What.MODEL_DOWNLOADED: _files,
    What.PACKAGE_PUBLISHED: _packages,
    What.PACKAGE_APPROVED: _packages,
    What.SECRET_SET: _projects,
    What.SECRET_REMOVED: _projects,
    What.PERSON_APPROVED: _people,
    What.PERSON_REFUSED: _people,
    What.PERSON_REVOKED: _people,
    What.PERSON_UNLOCKED: _people,
    What.SCRIPT_LET_IN: _people,
    What.SCRIPT_ENDED: _people,
}
