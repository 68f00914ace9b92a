"""The shortest script there is says of each text what rules find, then what a model finds."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from annex.contract.enums import Component

from worker.predictors.base import NamedSpan
from worker.predictors.pipeline import write_archive
from worker.training.config import defaults_for
from worker.training.run import train_pipeline
from worker.training.texts import LabelledText

CITIES = ("Oslo", "Lima", "Cairo", "Quito", "Tokyo", "Paris", "Rome", "Accra")
SCRIPT = Path("examples/two_predictors.py")


def test_both_say_what_they_find_in_the_same_words(tmp_path: Path) -> None:
    patterns = tmp_path / "patterns.jsonl"
    patterns.write_text('{"label": "CITY", "pattern": "Oslo"}\n')
    archive = train_on_cities(tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "examples.two_predictors", patterns, archive],
        input="We flew to Oslo in May.\nIn Lima it rained.\n",
        capture_output=True,
        text=True,
        check=True,
    )
    rules, model = done.stdout.splitlines()[:2], done.stdout.splitlines()[2:]
    assert rules == ["CITY 11-15", ""]
    assert model == ["CITY 11-15", "CITY 3-7"]


def test_the_script_is_short() -> None:
    lines = [line for line in SCRIPT.read_text().splitlines() if line.strip()]
    assert len(lines) <= 15


def train_on_cities(folder: Path) -> Path:
    texts = [
        LabelledText(before + city + after, (NamedSpan(len(before), len(before + city), "CITY"),))
        for before, after in (("We flew to ", " in May."), ("In ", " it rained."), ("", " is far."))
        for city in CITIES
    ]
    chosen = replace(defaults_for(Component.NER, seed=0, max_steps=300), eval_steps=100)
    trained = train_pipeline(texts, chosen, folder=folder / "checkpoints")
    trained.nlp.to_disk(folder / "model")
    write_archive(folder / "model", folder / "model.zip")
    return folder / "model.zip"
