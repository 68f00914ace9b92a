"""`train-curve`: models of parts of the answers say whether more answers would help."""

from __future__ import annotations

from typing import Annotated

from annex.contract.enums import JobRecipe
from annex.recipes import Dataset, Gt, Le, Len

from worker.builtin.of_worker import HeldBack, Layer, Learned, Name, Steps, worker_job
from worker.builtin.sources import Seed


@worker_job(JobRecipe.TRAIN_CURVE)
def train_curve(
    *,
    name: Name,
    datasets: Annotated[list[Dataset], Len(1, 32)],
    evaluation_dataset: HeldBack,
    fractions: Annotated[list[Annotated[float, Gt(0), Le(1)]], Len(1, 8)] = [0.25, 0.5, 0.75, 1.0],  # noqa: B006
    component: Learned = "ner",
    seed: Seed = 0,
    max_steps: Steps = 4000,
    pretrained: Layer | None = None,
) -> None:
    """Train a learning curve.

    A model is trained on each part of the answers; the one of all of them is kept.

    Args:
        name: What the model is called, on the board too.
        datasets: Whose answers it learns from.
        evaluation_dataset: What each is measured on.
        fractions: The parts of the answers; all of them is one in any case.
        component: What it learns to do.
        seed: Decides whatever is left to chance.
        max_steps: After so many steps each training ends at the latest.
        pretrained: What `pretrain` has made, to start from.
    """
