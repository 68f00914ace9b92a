"""Words a second of our predictor against bare `nlp.pipe`, and whole files on two workers against
one: the same pipeline on the same texts.

    python -m benchmarks.predict_ratio

Runs alternate and the best of each counts, so that a busy machine slows both alike.
Exit status 1 when ours is under 0.95, or two workers under 1.8 times one.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before numpy is loaded

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from spacy.language import Language

from benchmarks.figures import Figure, finish
from benchmarks.paragraphs import labelled_paragraphs
from benchmarks.predict_shards import two_against_one
from worker.predictors.pipeline import PipelinePredictor
from worker.predictors.speed import count_words
from worker.training.config import Hyperparameters
from worker.training.run import train_pipeline

TEXTS = 2000
ROUNDS = 5
LOW = 0.95


def small_pipeline(folder: Path) -> Language:
    """Return a pipeline of the usual shape; a few steps suffice, speed does not depend on them."""
    chosen = Hyperparameters(max_steps=60, eval_steps=30)
    return train_pipeline(labelled_paragraphs(200), chosen, folder=folder).nlp


def seconds(work: Callable[[], object]) -> float:
    """Return how long `work` takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def drain_bare(nlp: Language, texts: Sequence[str]) -> None:
    """Run the texts through the pipeline and keep nothing."""
    for _ in nlp.pipe(texts):
        pass


def drain_ours(predictor: PipelinePredictor, texts: Sequence[str]) -> None:
    """Run the texts through the predictor and keep nothing."""
    for _ in predictor.predict(texts):
        pass


def main() -> int:
    """Measure both in turn and compare."""
    texts = [text.text for text in labelled_paragraphs(TEXTS, seed=1)]
    words = count_words(texts)
    with tempfile.TemporaryDirectory() as name:
        nlp = small_pipeline(Path(name) / "model")
    predictor = PipelinePredictor(nlp, size_bytes=0)
    drain_bare(nlp, texts[:200])
    bare, ours = [], []
    for _ in range(ROUNDS):
        bare.append(seconds(lambda: drain_bare(nlp, texts)))
        ours.append(seconds(lambda: drain_ours(predictor, texts)))
    rates = [words / min(runs) for runs in (ours, bare)]
    alone = Figure("prediction", rates[0], "words/s", rates[1], "bare nlp.pipe", low=LOW)
    return finish([alone, two_against_one(nlp, texts)])


if __name__ == "__main__":
    sys.exit(main())
