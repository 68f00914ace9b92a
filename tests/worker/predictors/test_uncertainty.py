"""How unsure a model is: sure of what it was taught, unsure of what lies between."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest
import spacy
from annex.contract.enums import Component
from spacy.language import Language
from spacy.tokens import Doc

from tests.worker.training.gold import city_texts
from worker.predictors.base import NamedSpan
from worker.predictors.uncertainty import margin_lost, nearest_to_even, uncertainties
from worker.training.config import defaults_for
from worker.training.run import train_pipeline
from worker.training.texts import LabelledText


def _doc(**scores: float) -> Doc:
    doc = spacy.blank("en")("text")
    doc.cats = scores
    return doc


def test_labels_are_doubtful_where_two_are_close() -> None:
    assert margin_lost(_doc(a=0.5, b=0.5)) == 1.0
    assert math.isclose(margin_lost(_doc(a=0.7, b=0.2, c=0.1)), 0.5)
    assert margin_lost(_doc(a=1.0, b=0.0)) == 0.0
    assert nearest_to_even(_doc(a=0.99, b=0.5)) == 1.0
    assert math.isclose(nearest_to_even(_doc(a=0.9, b=0.01)), 0.2)


@pytest.fixture(scope="module")
def cities(tmp_path_factory: pytest.TempPathFactory) -> Language:
    texts = [
        LabelledText(text, (NamedSpan(start, end, "CITY"),)) for text, start, end in city_texts(60)
    ]
    chosen = replace(defaults_for(Component.NER, seed=0, max_steps=100), eval_steps=50)
    folder: Path = tmp_path_factory.mktemp("model")
    return train_pipeline(texts, chosen, folder=folder).nlp


def test_marks_are_ordered_from_what_was_taught_to_what_was_not(cities: Language) -> None:
    known, strange = city_texts(1)[0][0], "Colourless Berlinish ideas Parisly sleep in furiously."
    sure, unsure = uncertainties(cities, [known, strange])
    assert 0.0 <= sure < unsure <= 1.0


def test_every_text_gets_a_figure_the_empty_too(cities: Language) -> None:
    texts = ["", " ", "word", "word " * 400, *(text for text, _, _ in city_texts(300, seed=2))]
    figures = list(uncertainties(cities, iter(texts)))
    assert len(figures) == len(texts)
    assert all(0.0 <= figure <= 1.0 for figure in figures)
    assert list(uncertainties(cities, texts)) == figures
