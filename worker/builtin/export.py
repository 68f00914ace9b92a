"""`export`: answers become a file on the cluster."""

from __future__ import annotations

from annex.contract.enums import ExportFormat, JobRecipe
from annex.recipes import Dataset

from worker.builtin.of_worker import worker_job


@worker_job(JobRecipe.EXPORT)
def export(*, dataset: Dataset, format: ExportFormat = ExportFormat.JSONL) -> None:  # noqa: A002
    """Export answers.

    Every answer goes into a file that developers download from the cluster.

    Args:
        dataset: Whose answers are written.
        format: How; what a format cannot hold is listed beside the file.
    """
