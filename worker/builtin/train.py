"""`train`: a model learns from answers."""

from __future__ import annotations

from typing import Annotated

from annex.contract.enums import JobRecipe
from annex.recipes import Dataset, Len

from worker.builtin.of_worker import HeldBack, Layer, Learned, Name, Steps, worker_job
from worker.builtin.sources import Seed


@worker_job(JobRecipe.TRAIN)
def train(
    *,
    name: Name,
    datasets: Annotated[list[Dataset], Len(1, 32)],
    component: Learned = "ner",
    evaluation_dataset: HeldBack | None = None,
    seed: Seed = 0,
    max_steps: Steps = 4000,
    pretrained: Layer | None = None,
) -> None:
    """Train a model.

    It learns from the accepted and rejected answers of the datasets, and is measured on what is
    held back.

    Args:
        name: What the model is called, on the board too.
        datasets: Whose answers it learns from.
        component: What it learns to do.
        evaluation_dataset: What it is measured on afterwards.
        seed: Decides whatever is left to chance.
        max_steps: After so many steps training ends at the latest.
        pretrained: What `pretrain` has made, to start from.
    """
