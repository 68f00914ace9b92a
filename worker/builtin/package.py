"""`package`: a model becomes an installable wheel."""

from __future__ import annotations

from annex.contract.enums import JobRecipe
from annex.recipes import Model

from worker.builtin.of_worker import worker_job


@worker_job(JobRecipe.PACKAGE)
def package(*, model: Model) -> None:
    """Package a model.

    Makes a wheel that `pip install` takes and spaCy loads; it is downloaded from the cluster.

    Args:
        model: What is packaged.
    """
