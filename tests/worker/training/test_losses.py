"""Labels learn from the cross-entropy, and what is saved is spaCy's own pipeline."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import spacy
from annex.contract.enums import Component
from spacy.language import Language
from spacy.pipeline import TrainablePipe
from spacy.training import Example
from spacy.util import load_model_from_config
from thinc.api import Model

from worker.training.config import build_config, defaults_for
from worker.training.losses import LOGISTIC, output_of, use_cross_entropy
from worker.training.run import train_pipeline
from worker.training.texts import LabelledText

TEXTS = [("The server burns.", "FIRE"), ("The river rises.", "FLOOD")]


def untrained(component: Component) -> Language:
    config = build_config(defaults_for(component, seed=0, max_steps=10), labels=2)
    nlp = load_model_from_config(config)
    examples = [
        Example.from_dict(
            nlp.make_doc(text), {"cats": {"FIRE": label == "FIRE", "FLOOD": label == "FLOOD"}}
        )
        for text, label in TEXTS
    ]
    nlp.initialize(lambda: examples)
    return nlp


def last_layer(nlp: Language) -> Model[Any, Any]:
    ((_, pipe),) = nlp.pipeline
    assert isinstance(pipe, TrainablePipe)
    return output_of(pipe.model).layers[-1]


def test_a_sure_mistake_teaches_as_much_as_it_is_wrong() -> None:
    nlp = use_cross_entropy(untrained(Component.TEXTCAT_MULTILABEL))
    output = last_layer(nlp)
    probability, back = output(np.asarray([[9.0]], dtype="f"), is_train=True)
    gradient = probability - 0.0
    assert back(gradient) == pytest.approx(gradient)


def test_exclusive_labels_keep_spacys_own_layer() -> None:
    nlp = untrained(Component.TEXTCAT)
    output = last_layer(nlp)
    assert output.name != LOGISTIC
    assert last_layer(use_cross_entropy(nlp)) is output


def test_what_is_saved_needs_nothing_of_the_worker(tmp_path: Path) -> None:
    texts = [LabelledText(text, choices=(label,)) for text, label in TEXTS] * 10
    chosen = defaults_for(Component.TEXTCAT_MULTILABEL, seed=0, max_steps=20)
    trained = train_pipeline(texts, chosen, folder=tmp_path / "checkpoints")
    assert "annex." not in trained.config
    trained.nlp.to_disk(tmp_path / "saved")
    again = spacy.load(tmp_path / "saved")
    assert again("The river rises.").cats == trained.nlp("The river rises.").cats


@pytest.mark.parametrize(("labels", "length"), [(1, 2**18), (4, 2**18), (5, 2**17), (77, 2**13)])
def test_the_bag_of_words_stays_below_four_megabytes(labels: int, length: int) -> None:
    chosen = defaults_for(Component.TEXTCAT, seed=0, max_steps=10)
    model = build_config(chosen, labels=labels)["components"]["textcat"]["model"]
    assert model["linear_model"]["length"] == length
    assert labels * length * 4 <= 4 * 2**20
