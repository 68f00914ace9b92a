"""`predict`: a predictor's annotations become suggestions."""

from __future__ import annotations

from annex.contract.enums import JobRecipe
from annex.recipes import Dataset

from worker.builtin.of_worker import Predictor, worker_job


@worker_job(JobRecipe.PREDICT)
def predict(*, dataset: Dataset, predictor: Predictor) -> None:
    """Suggest annotations.

    What a predictor says of every example is stored, for tasks that show its suggestions.

    Args:
        dataset: The examples.
        predictor: What suggests.
    """
