"""Wall time of a training against `spacy train`: the same config, the same texts, the same steps.

    python -m benchmarks.train_ratio

Each run is a process of its own, so that both pay for their imports. Runs alternate and the best
of each counts. Exit status 1 when ours takes more than 1.05 times as long.
"""

from __future__ import annotations

import os

os.environ["OMP_NUM_THREADS"] = "1"  # before numpy is loaded, here and in the runs

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import orjson
import spacy
from spacy.tokens import DocBin

from benchmarks.figures import Figure, finish
from benchmarks.paragraphs import labelled_paragraphs
from worker.predictors.base import NamedSpan
from worker.training.config import Hyperparameters, build_config
from worker.training.examples import span_examples
from worker.training.run import STOPPING_SHARE, train_pipeline
from worker.training.texts import LabelledText, split_for_stopping

TEXTS = 600
ROUNDS = 2
HIGH = 1.05
CHOSEN = Hyperparameters(max_steps=300, patience_steps=0)


def write_reference(folder: Path, texts: list[LabelledText]) -> None:
    """Write the config and the two corpora that `spacy train` reads."""
    learn, stop = split_for_stopping(texts, seed=CHOSEN.seed, share=STOPPING_SHARE)
    write_corpus(folder / "learn.spacy", learn)
    write_corpus(folder / "stop.spacy", stop)
    build_config(CHOSEN).to_disk(folder / "config.cfg")


def write_corpus(path: Path, texts: Iterable[LabelledText]) -> None:
    """Write texts as spaCy's own binary corpus."""
    nlp = spacy.blank("en")
    docs = [example.reference for example in span_examples(nlp, texts)]
    DocBin(docs=docs, store_user_data=True).to_disk(path)


def run_reference(folder: Path) -> None:
    """Run `spacy train`."""
    corpora = {"train": folder / "learn.spacy", "dev": folder / "stop.spacy"}
    paths = [word for name, path in corpora.items() for word in (f"--paths.{name}", str(path))]
    output = ["--output", str(folder / "reference")]
    command = ["-m", "spacy", "train", str(folder / "config.cfg"), *output, *paths]
    subprocess.run([sys.executable, *command], check=True, stdout=subprocess.DEVNULL)


def run_ours(folder: Path) -> None:
    """Run this module once more, as the process of one training."""
    command = [sys.executable, "-m", "benchmarks.train_ratio", str(folder)]
    subprocess.run(command, check=True)


def train_once(folder: Path) -> int:
    """Be the process that `run_ours` starts."""
    texts = read_texts(folder / "texts.json")
    train_pipeline(texts, CHOSEN, folder=folder / "ours")
    return 0


def write_texts(path: Path, texts: list[LabelledText]) -> None:
    """Write texts for the process that trains on them."""
    path.write_bytes(orjson.dumps([[t.text, [tuple(span) for span in t.spans]] for t in texts]))


def read_texts(path: Path) -> list[LabelledText]:
    """Read what `write_texts` wrote."""
    rows = orjson.loads(path.read_bytes())
    return [LabelledText(text, tuple(NamedSpan(*span) for span in spans)) for text, spans in rows]


def main() -> int:
    """Measure both in turn and compare."""
    ours, reference = [], []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        texts = labelled_paragraphs(TEXTS)
        write_texts(folder / "texts.json", texts)
        write_reference(folder, texts)
        for _ in range(ROUNDS):
            started = time.perf_counter()
            run_reference(folder)
            reference.append(time.perf_counter() - started)
            started = time.perf_counter()
            run_ours(folder)
            ours.append(time.perf_counter() - started)
    what = f"training, {CHOSEN.max_steps} steps on {TEXTS} texts"
    return finish([Figure(what, min(ours), "s", min(reference), "spacy train", high=HIGH)])


if __name__ == "__main__":
    sys.exit(train_once(Path(sys.argv[1])) if len(sys.argv) > 1 else main())
