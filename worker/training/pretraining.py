"""Teaching the layer that others start from, on texts that nobody need have answered."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annex.contract.enums import Component
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training.batchers import minibatch_by_words
from spacy.training.pretrain import pretrain
from spacy.util import registry
from thinc.api import Config, Model

from worker.training.config import filled, read_config

BATCH_WORDS = 1000
MAX_EPOCHS = 100
MAX_TOKENS = 500
"""Longer texts teach with their beginning."""
TOK2VEC = Component.TOK2VEC.value
OnStep = Callable[[int, int], None]


@dataclass(frozen=True)
class Pretrained:
    """A finished pretraining: its weights as bytes."""

    weights: bytes
    config: str
    steps: int
    seconds: float


@dataclass
class Course:
    """What spaCy's loop reaches of the present pretraining through its registry."""

    texts: Sequence[str]
    seed: int
    max_steps: int
    on_step: OnStep
    step: int = 0


_present: ContextVar[Course] = ContextVar("annex_pretraining")


def pretrain_layer(
    texts: Sequence[str],
    *,
    seed: int,
    max_steps: int,
    folder: Path,
    language: str = "en",
    on_step: OnStep = lambda step, total: None,
) -> Pretrained:
    """Teach vectors of words in their context to say how each word begins and ends.

    Ends after `max_steps`, or when every text was seen MAX_EPOCHS times.

    Args: texts: at least one with a word.   folder: empty, for checkpoints.
    Raises: whatever `on_step` raises.
    """
    started = time.monotonic()
    folder.mkdir(parents=True, exist_ok=True)
    config = pretraining_config(seed=seed, language=language)
    course = Course(texts, seed, max_steps, on_step)
    with attended(course):
        pretrain(config.copy(), folder, use_gpu=-1, silent=True, skip_last=True)
    return Pretrained(
        weights=(folder / "model0.bin").read_bytes(),
        config=config.to_str(),
        steps=course.step,
        seconds=time.monotonic() - started,
    )


def pretraining_config(*, seed: int, language: str) -> Config:
    """Return the config of the layer and of its pretraining."""
    layer = filled(read_config("base", "tok2vec"), {"training.seed": seed, "nlp.lang": language})
    config = layer.merge(read_config("pretrain"))
    config["corpora"]["pretrain"] = {"@readers": "annex.pretraining.v1"}
    return config


def start_from(nlp: Language, component: Component, weights: Path) -> None:
    """Give a pipeline's layer the pretrained weights in a file."""
    layer_of(nlp, component).from_bytes(weights.read_bytes())


def layer_of(nlp: Language, component: Component) -> Model[Any, Any]:
    """Return the layer that turns words into vectors: its own component, or within the one."""
    shared = nlp.has_pipe(TOK2VEC)
    pipe: Any = nlp.get_pipe(TOK2VEC if shared else component.value)
    layer: Model[Any, Any] = pipe.model if shared else pipe.model.get_ref(TOK2VEC)
    return layer


@contextmanager
def attended(course: Course) -> Iterator[None]:
    """Make this course the one that the registered functions use."""
    token = _present.set(course)
    try:
        yield
    finally:
        _present.reset(token)


@registry.readers("annex.pretraining.v1")  # type: ignore[untyped-decorator]
def read_texts() -> Callable[[Language], Iterator[Doc]]:
    """Return a reader of the present texts, each time in another order, until somebody stops."""

    def read(nlp: Language) -> Iterator[Doc]:
        course = _present.get()
        dice = random.Random(course.seed)  # noqa: S311  (not a secret)
        for _ in range(MAX_EPOCHS):
            for text in dice.sample(course.texts, len(course.texts)):
                if doc := nlp.make_doc(text)[:MAX_TOKENS].as_doc():
                    yield doc

    return read


@registry.batchers("annex.pretraining.v1")  # type: ignore[untyped-decorator]
def make_batcher() -> Callable[[Iterable[Doc]], Iterator[list[Doc]]]:
    """Return a batcher that ends with the last step: progress and the cancel point."""

    def batch(docs: Iterable[Doc]) -> Iterator[list[Doc]]:
        course = _present.get()
        for docs_of_step in minibatch_by_words(docs, size=BATCH_WORDS):
            course.on_step(course.step, course.max_steps)
            if course.step == course.max_steps:
                return
            yield docs_of_step
            course.step += 1

    return batch
