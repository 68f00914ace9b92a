"""`predict-files`: a predictor's annotations of whole files."""

from __future__ import annotations

from annex.contract.enums import JobRecipe, PredictedFormat

from worker.builtin.of_worker import Data, Predictor, Slug, worker_job


@worker_job(JobRecipe.PREDICT_FILES)
def predict_files(
    *,
    predictor: Predictor,
    asset: Data,
    output: Slug,
    format: PredictedFormat = PredictedFormat.JSONL,  # noqa: A002
) -> None:
    """Annotate files.

    Every row of the asset's files is annotated, into a folder of the cluster's own storage.

    Args:
        predictor: What annotates.
        asset: The files.
        output: A root of the cluster that its administrator has made writable.
        format: How the annotations are written.
    """
