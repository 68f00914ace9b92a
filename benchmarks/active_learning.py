"""Count the examples that it spares to ask first about what a model is unsure of.

    python -m benchmarks.active_learning [ner_fashion_brands] [textcat_banking77]

Annotators are simulated: the gold answers. Each arm starts with the same random texts, trains, and
adds texts until its F on the test set reaches 95 % of what all of the data gives: one adds them at
random, the other takes those that its last model is least sure of. Three seeds. Both arms and the
training on everything use the same settings. Takes an hour and more; needs the shared data.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before numpy is loaded

import random
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from annex.contract.enums import Component
from spacy.language import Language

from benchmarks.figures import Figure, finish
from benchmarks.shared_data import shared_folder
from worker.predictors.base import NamedSpan
from worker.predictors.pipeline import PipelinePredictor
from worker.predictors.uncertainty import uncertainties
from worker.training.config import defaults_for
from worker.training.run import train_pipeline
from worker.training.scoring import score_texts
from worker.training.texts import LabelledText

SEEDS = (0, 1, 2)
SHARE_OF_FULL = 0.95


@dataclass(frozen=True)
class Study:
    """A set, what is learned from it, and the sizes at which a model is trained."""

    folder: str
    component: Component
    max_steps: int
    sizes: tuple[int, ...]


STUDIES = (
    Study(
        "ner_fashion_brands",
        Component.NER,
        1000,
        (50, 100, 150, 200, 300, 400, 500, 600, 800, 1000),
    ),
    Study(
        "textcat_banking77",
        Component.TEXTCAT,
        1500,
        (300, 600, 1000, 1500, 2000, 2500, 3000, 4000, 5000, 6500, 8000),
    ),
)


@dataclass(frozen=True)
class Ground:
    """What a study learns from and measures on."""

    study: Study
    pool: list[LabelledText]
    gold: list[LabelledText]

    def train(self, texts: Sequence[LabelledText], seed: int) -> tuple[Language, float]:
        """Train on the texts; return the pipeline and its F on the test set, from 0 to 1."""
        chosen = defaults_for(self.study.component, seed=seed, max_steps=self.study.max_steps)
        with tempfile.TemporaryDirectory() as folder:
            nlp = train_pipeline(texts, chosen, folder=Path(folder) / "model").nlp
        predicted = PipelinePredictor(nlp, size_bytes=0).predict(text.text for text in self.gold)
        return nlp, score_texts(self.gold, predicted, self.study.component).overall.f


def read_texts(path: Path) -> list[LabelledText]:
    """Read a file of accepted answers, of marks or of one chosen label."""
    rows = [orjson.loads(line) for line in path.read_bytes().splitlines()]
    return [labelled(row) for row in rows]


def labelled(row: dict[str, Any]) -> LabelledText:
    """Return a row as a labelled text."""
    marks = row.get("spans") or ()
    spans = tuple(NamedSpan(m["start"], m["end"], m["label"]) for m in marks)
    if "label" in row:
        return LabelledText(str(row["text"]), choices=(str(row["label"]),))
    return LabelledText(str(row["text"]), spans)


def examples_needed(ground: Ground, target: float, seed: int, *, is_active: bool) -> float:
    """Return how many examples reach the target, between two sizes by a straight line.

    All of the pool where no size does.
    """
    order = random.Random(seed).sample(ground.pool, len(ground.pool))
    before, f_before = 0, 0.0
    for size, following in zip(ground.study.sizes, (*ground.study.sizes[1:], 0), strict=True):
        nlp, f = ground.train(order[:size], seed)
        arm = "unsure first" if is_active else "random"
        print(f"  {arm:<12} seed {seed}  {size:>5} examples  F {100 * f:5.1f}", flush=True)
        if f >= target:
            return before + (size - before) * (target - f_before) / (f - f_before)
        if is_active and following:
            order = unsure_next(nlp, order, size)
        before, f_before = size, f
    return len(ground.pool)


def unsure_next(nlp: Language, order: list[LabelledText], size: int) -> list[LabelledText]:
    """Return the order with what lies behind `size` sorted, the least sure first."""
    rest = order[size:]
    unsure = list(uncertainties(nlp, (text.text for text in rest)))
    by_doubt = sorted(range(len(rest)), key=lambda place: -unsure[place])
    return [*order[:size], *(rest[place] for place in by_doubt)]


def run(study: Study) -> list[Figure]:
    """Run one study; print its table and return its figures."""
    folder = shared_folder(study.folder)
    ground = Ground(study, read_texts(folder / "train.jsonl"), read_texts(folder / "test.jsonl"))
    full = statistics.mean(ground.train(ground.pool, seed)[1] for seed in SEEDS)
    target = SHARE_OF_FULL * full
    print(f"{study.folder}: F {100 * full:.1f} of {len(ground.pool)}, target {100 * target:.1f}")
    needed = {
        is_active: [examples_needed(ground, target, s, is_active=is_active) for s in SEEDS]
        for is_active in (False, True)
    }
    at_random, unsure = (statistics.mean(needed[arm]) for arm in (False, True))
    each = {arm: ", ".join(f"{n:.0f}" for n in needed[arm]) for arm in needed}
    print(f"{study.folder}: random {each[False]}; unsure first {each[True]}", flush=True)
    what = f"{study.folder}, examples to 95 % of full F, unsure first"
    return [Figure(what, unsure, "examples", against="random", reference=at_random)]


def main(folders: Sequence[str]) -> int:
    """Run the studies named, or all."""
    chosen = [study for study in STUDIES if not folders or study.folder in folders]
    return finish([figure for study in chosen for figure in run(study)])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
