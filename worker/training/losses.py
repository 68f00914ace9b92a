"""What a pipeline for labels learns from, where spaCy's own layers leave something out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from spacy.language import Language
from thinc.api import Model
from thinc.types import Floats2d

LOGISTIC = "logistic"


def use_cross_entropy(nlp: Language) -> Language:
    """Let independent labels learn from the cross-entropy of their probabilities.

    spaCy hands the difference between probability and truth through the slope of the logistic
    function, which is the gradient of the squared error: a text that is surely wrong teaches
    nothing. Without the slope it is the cross-entropy's, as spaCy has it for exclusive labels.
    The layer has no weights, so what is saved is spaCy's own pipeline.
    """
    for _, pipe in nlp.pipeline:
        model = getattr(pipe, "model", None)
        if model is not None and ends_in_logistic(model):
            output_of(model).layers[-1] = cross_entropy_logistic()
    return nlp


def ends_in_logistic(model: Model[Any, Any]) -> bool:
    """Whether the last layer gives a probability for each label by itself."""
    output = output_of(model)
    return bool(output.layers) and output.layers[-1].name == LOGISTIC


def output_of(model: Model[Any, Any]) -> Model[Any, Any]:
    """Return the chain that holds the model's last layer."""
    while model.layers and model.layers[-1].layers:
        model = model.layers[-1]
    return model


def cross_entropy_logistic() -> Model[Floats2d, Floats2d]:
    """Return a logistic layer that takes (probability - truth) as the gradient of its input."""
    return Model(LOGISTIC, forward)


def forward(
    model: Model[Floats2d, Floats2d], scores: Floats2d, is_train: bool
) -> tuple[Floats2d, Callable[[Floats2d], Floats2d]]:
    """Return probabilities, shape (texts, labels), and the way back."""
    return model.ops.sigmoid(scores, inplace=False), lambda gradient: gradient
