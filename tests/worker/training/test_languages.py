"""Texts without spaces are cut into characters, so that their marks end with a token."""

from __future__ import annotations

from pathlib import Path

import pytest
from annex.contract.enums import Component

from worker.predictors.base import NamedSpan
from worker.training.config import Hyperparameters
from worker.training.run import language_for, train_pipeline
from worker.training.texts import LabelledText

PLACES = ("東京", "大阪", "札幌市", "那覇")
FRAMES = ("彼は{}で生まれた。", "{}の天気は晴れです。", "来年{}へ引っ越す予定だ。")


def japanese_texts() -> list[LabelledText]:
    return [mark(frame, place) for place in PLACES for frame in FRAMES]


def mark(frame: str, place: str) -> LabelledText:
    start = frame.index("{}")
    return LabelledText(frame.format(place), (NamedSpan(start, start + len(place), "PLACE"),))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The server restarts.", "en"),
        ("Die Größe der Straße", "en"),
        ("أشار أيضاً أن شركة روجرز", "en"),
        ("彼は東京で生まれた。", "zh"),
        ("ประเทศไทย", "zh"),
        ("The word 東京 means Tokyo.", "en"),
        ("", "en"),
    ],
)
def test_texts_choose_their_tokeniser(text: str, language: str) -> None:
    assert language_for([LabelledText(text)]) == language


def test_a_model_of_japanese_marks_what_it_was_shown(tmp_path: Path) -> None:
    texts = japanese_texts()
    chosen = Hyperparameters(component=Component.NER, max_steps=400, dropout=0.1)
    trained = train_pipeline(texts, chosen, folder=tmp_path / "checkpoints")
    assert trained.masked_spans == 0
    found = [(mark.text, mark.label_) for mark in trained.nlp("大阪の天気は晴れです。").ents]
    assert found == [("大阪", "PLACE")]
