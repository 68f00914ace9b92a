"""Brands in Reddit comments, marked by people: patterns as rules, a blank model on 1,235 texts.

    python -m benchmarks.fashion_brands

Early stopping uses a split of the training data; `test.jsonl` is read once, for the scores.
Exit status 1 when a gate fails, 2 without the data.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before numpy is loaded

import statistics
import sys
import tempfile
import time
from pathlib import Path

import orjson

from benchmarks.figures import Figure, finish
from benchmarks.shared_data import shared_folder
from worker.predictors.base import NamedSpan, Predictor
from worker.predictors.pipeline import PipelinePredictor
from worker.predictors.rules import RulesPredictor
from worker.store.pattern_checks import parse_patterns
from worker.training.config import Hyperparameters
from worker.training.run import train_pipeline
from worker.training.scoring import Tally, score_texts
from worker.training.texts import LabelledText

SEEDS = (0, 1, 2)


def read_texts(path: Path) -> list[LabelledText]:
    """Read a Prodigy-format file of accepted answers."""
    rows = [orjson.loads(line) for line in path.read_bytes().splitlines()]
    return [
        LabelledText(
            row["text"],
            tuple(NamedSpan(s["start"], s["end"], s["label"]) for s in row["spans"]),
        )
        for row in rows
    ]


def score(predictor: Predictor, gold: list[LabelledText]) -> Tally:
    """Return the predictor's micro-averaged tally."""
    predicted = predictor.predict(text.text for text in gold)
    return score_texts(gold, predicted, predictor.component).overall


def line(name: str, tally: Tally, seconds: float) -> str:
    """Return one line of figures, in percent."""
    p, r, f = (100 * x for x in (tally.precision, tally.recall, tally.f))
    return f"{name:<14} P {p:5.1f}  R {r:5.1f}  F {f:5.1f}  {seconds:6.1f} s"


def train_and_score(texts: list[LabelledText], gold: list[LabelledText], seed: int) -> float:
    """Train with one seed, print its figures and return its F in percent."""
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as name:
        trained = train_pipeline(texts, Hyperparameters(seed=seed), folder=Path(name) / "model")
    tally = score(PipelinePredictor(trained.nlp, size_bytes=0), gold)
    took = time.perf_counter() - started
    print(line(f"model seed {seed}", tally, took), f" {trained.steps} steps", flush=True)
    return 100 * tally.f


def main() -> int:
    """Run both predictors and compare them with their gates."""
    folder = shared_folder("ner_fashion_brands")
    gold = read_texts(folder / "test.jsonl")
    texts = read_texts(folder / "train.jsonl") + read_texts(folder / "dev.jsonl")
    patterns = parse_patterns((folder / "patterns.jsonl").read_text(encoding="utf-8"))
    rules = RulesPredictor(list(patterns.values()), size_bytes=0)
    started = time.perf_counter()
    baseline = score(rules, gold)
    print(line("rules", baseline, time.perf_counter() - started), flush=True)
    mean = statistics.mean(train_and_score(texts, gold, seed) for seed in SEEDS)
    return finish(
        [
            Figure("fashion brands, rules", 100 * baseline.f, "F", low=46.0, high=47.0),
            Figure(f"fashion brands, model, mean of {len(SEEDS)} seeds", mean, "F", low=63.0),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
