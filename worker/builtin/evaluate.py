"""`evaluate`: a predictor is measured."""

from __future__ import annotations

from annex.contract.enums import JobRecipe

from worker.builtin.of_worker import HeldBack, Predictor, worker_job


@worker_job(JobRecipe.EVALUATE)
def evaluate(*, predictor: Predictor, dataset: HeldBack) -> None:
    """Measure a predictor.

    Its annotations are compared with the answers of a held-back dataset; the board shows the score.

    Args:
        predictor: What is measured.
        dataset: What it is measured on.
    """
