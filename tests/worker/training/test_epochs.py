"""A few texts are learned by heart long before the steps run out."""

from __future__ import annotations

from pathlib import Path

from tests.worker.training.gold import city_texts
from worker.predictors.base import NamedSpan
from worker.training.config import Hyperparameters
from worker.training.run import train_pipeline
from worker.training.texts import LabelledText

TEXTS, EPOCHS = 20, 4


def test_training_on_a_few_texts_ends_with_its_epochs(tmp_path: Path) -> None:
    steps: list[int] = []
    texts = [
        LabelledText(text=text, spans=(NamedSpan(start, end, "CITY"),))
        for text, start, end in city_texts(TEXTS)
    ]
    trained = train_pipeline(
        texts,
        Hyperparameters(max_epochs=EPOCHS, eval_steps=2),
        folder=tmp_path / "checkpoints",
        on_step=lambda step, total: steps.append(step),
    )
    # Even one text a batch would be no more steps than this.
    assert max(steps) <= EPOCHS * TEXTS
    assert trained.nlp.pipe_names == ["tok2vec", "ner"]
