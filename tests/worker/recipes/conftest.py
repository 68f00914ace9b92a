"""Recipes are run in this process, on attempts of their own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from annex.contract.enums import JobRecipe
from annex.contract.leaves import Message
from annex.contract.recipes import LEASE_CLASS_OF

from worker.jobs.context import JobContext
from worker.jobs.models import Attempt
from worker.jobs.process import run_recipe

RunJob = Callable[[JobRecipe, UUID, Message], Attempt]


@pytest.fixture
def run_job(tmp_path: Path) -> RunJob:
    """Return a function that runs one recipe to its end and returns the attempt."""

    def run(recipe: JobRecipe, project_id: UUID, arguments: Message) -> Attempt:
        attempt = Attempt.objects.create(
            job=uuid4(),
            epoch=1,
            run=1,
            state="running",
            project_id=project_id,
            recipe=recipe.value,
            arguments=arguments.model_dump(mode="json"),
            lease_class=LEASE_CLASS_OF[recipe].value,
        )
        folder = tmp_path / str(attempt.id)
        folder.mkdir()
        run_recipe(JobContext(attempt, folder))
        attempt.refresh_from_db()
        return attempt

    return run
