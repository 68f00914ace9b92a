"""`import`: a file's rows become examples."""

from __future__ import annotations

from annex.contract.enums import JobRecipe
from annex.recipes import Dataset

from worker.builtin.of_worker import Data, HeldBack, worker_job


@worker_job(JobRecipe.IMPORT)
def import_data(
    *, asset: Data, dataset: Dataset, evaluation_dataset: HeldBack | None = None
) -> None:
    """Import a file.

    What the asset's files have that is not in the dataset yet goes into it.

    Args:
        asset: The data, as it was confirmed on the cluster's Data page.
        dataset: Where the examples go.
        evaluation_dataset: Where those go that are held back.
    """
