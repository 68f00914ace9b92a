"""What an unfinished run leaves behind, and how it goes."""

from __future__ import annotations

import shutil
from pathlib import Path

from annex.contract.enums import JobRecipe, JobState
from django.conf import settings

from worker.jobs.models import Attempt
from worker.jobs.querysets import OPEN_STATES, silent_before
from worker.jobs.recipes import find_recipe


def scratch_root() -> Path:
    """Return the folder of all attempts' folders; it may not exist."""
    return Path(settings.LOCAL_FOLDER) / "scratch"


def attempt_folder(attempt: Attempt) -> Path:
    """Return the folder of all the attempt's runs; it may not exist."""
    return scratch_root() / str(attempt.id)


def scratch_folder(attempt: Attempt) -> Path:
    """Return the present run's own folder; it may not exist."""
    return attempt_folder(attempt) / str(attempt.run)


def remove_remains(attempt: Attempt) -> None:
    """Remove scratch folders, and what the recipe wrote unless the attempt has succeeded."""
    shutil.rmtree(attempt_folder(attempt), ignore_errors=True)
    state = Attempt.objects.values_list("state", flat=True).get(id=attempt.id)
    cleanup = find_recipe(JobRecipe(attempt.recipe)).cleanup
    if cleanup is not None and state != JobState.SUCCEEDED:
        cleanup(attempt.job)


def remove_abandoned_remains() -> None:
    """Remove what is left of attempts whose supervisor was killed just after they had ended."""
    root = scratch_root()
    names = [path.name for path in root.iterdir()] if root.is_dir() else []
    if names:
        over = Attempt.objects.filter(id__in=names, finished_at__lt=silent_before())
        for attempt in over.exclude(state__in=OPEN_STATES):
            remove_remains(attempt)
