"""`pretrain`: a model's first layer learns from texts that nobody has answered."""

from __future__ import annotations

from typing import Annotated

from annex.contract.enums import JobRecipe
from annex.recipes import Dataset, Len

from worker.builtin.of_worker import Name, Steps, worker_job
from worker.builtin.sources import Seed


@worker_job(JobRecipe.PRETRAIN)
def pretrain(
    *,
    name: Name,
    datasets: Annotated[list[Dataset], Len(1, 32)],
    seed: Seed = 0,
    max_steps: Steps = 2000,
) -> None:
    """Pretrain on texts.

    The layer that reads words learns from the texts of the datasets, answered or not. A training
    that starts from it needs fewer answers.

    Args:
        name: What the layer is called.
        datasets: Whose texts it reads.
        seed: Decides whatever is left to chance.
        max_steps: After so many steps it ends.
    """
