"""One training, in this process, on spaCy's own loop."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import spacy
from annex.contract.enums import Component, Says
from spacy.language import Language
from spacy.training import Example
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as run_spacy_loop
from spacy.util import registry
from thinc.api import Config

from worker.predictors.base import Arc, NamedSpan
from worker.predictors.pipeline import ROOT_LABEL, SENTENCE_LABEL
from worker.store.scripts import are_mostly_unspaced
from worker.training.config import Hyperparameters, build_config, restore_config, with_hooks
from worker.training.examples import count_masked, learnable_labels, longest_span, to_examples
from worker.training.losses import use_cross_entropy
from worker.training.pretraining import start_from
from worker.training.texts import LabelledText, split_for_stopping

STOPPING_SHARE = 0.1
OnStep = Callable[[int, int], None]
"""Called with (step, max_steps) before each update; what it raises ends the training."""


class NothingToLearn(ValueError):
    """None of the marks is of whole tokens, as the component needs them."""


@dataclass(frozen=True)
class Trained:
    """A finished training: `nlp` holds the averaged weights after its last step, `steps`."""

    nlp: Language
    component: Component
    config: str
    steps: int
    seconds: float
    masked_spans: int


@dataclass
class Hooks:
    """What spaCy's loop reaches of the present training through its registry."""

    parts: dict[str, Sequence[LabelledText]]
    component: Component
    labels: Collection[str]
    on_step: OnStep
    max_steps: int
    pretrained: Path | None = None
    step: int = 0


_present: ContextVar[Hooks] = ContextVar("annex_training")


def train_pipeline(
    texts: Sequence[LabelledText],
    chosen: Hyperparameters,
    *,
    folder: Path,
    on_step: OnStep = lambda step, total: None,
) -> Trained:
    """Train a blank pipeline on the texts; a tenth of them decides when to stop.

    What is kept are the weights at the end, not those of the best score on that tenth: the best
    of many scores on a few dozen marks is luck. Source: docs/decisions, weights at the end.

    Args: folder: empty, for checkpoints.
    Raises: ValueError when the texts hold no label at all, NothingToLearn when none of their marks
            can be learnt; whatever `on_step` raises.
    """
    started = time.monotonic()
    learn, stop = split_for_stopping(texts, seed=chosen.seed, share=STOPPING_SHARE)
    labels = labels_to_learn(texts, learn, chosen.component)
    config = config_for(texts, chosen, labels)
    parts: dict[str, Sequence[LabelledText]] = {"learn": learn, "stop": stop}
    hooks = Hooks(parts, chosen.component, labels, on_step, chosen.max_steps, chosen.pretrained)
    folder.mkdir(parents=True, exist_ok=True)
    # spaCy's own lines go nowhere: they could quote text.
    with installed(hooks):
        nlp = init_nlp(with_hooks(config), use_gpu=-1)
        run_spacy_loop(nlp, folder, use_gpu=-1, stdout=StringIO(), stderr=StringIO())
    last = spacy.load(folder / "model-last")
    restore_config(last, config)
    if chosen.component is Component.SENTER:
        last.meta[SENTENCE_LABEL] = commonest_label(span for text in texts for span in text.spans)
    if chosen.component is Component.PARSER:
        roots = (arc for text in texts for arc in text.arcs if arc.is_root)
        last.meta[ROOT_LABEL] = commonest_label(roots)
    return Trained(
        nlp=last,
        component=chosen.component,
        config=last.config.to_str(),
        steps=hooks.step,
        seconds=time.monotonic() - started,
        masked_spans=count_masked(last, texts, chosen.component),
    )


def labels_to_learn(
    texts: Sequence[LabelledText], learn: Sequence[LabelledText], component: Component
) -> list[str]:
    """Return the labels that a training on `learn` teaches. Raises: NothingToLearn."""
    # Entities are learnt of texts without any, too: nothing of them has to be looked at first.
    if component.says is Says.CHOICES or component is Component.NER:
        return sorted({label for text in texts for label in text.labels})
    labels = learnable_labels(spacy.blank(language_for(texts)), learn, component)
    if not labels:
        raise NothingToLearn
    return sorted(labels)


def config_for(
    texts: Sequence[LabelledText], chosen: Hyperparameters, labels: Collection[str]
) -> Config:
    """Return the config of a training on the texts."""
    language, longest = language_for(texts), 1
    if chosen.component is Component.SPANCAT:
        longest = longest_span(spacy.blank(language), texts)
    return build_config(chosen, language=language, labels=len(labels), longest=longest)


def commonest_label(marks: Iterable[NamedSpan | Arc]) -> str:
    """Return the label that most marks carry; of equal ones, the first by name; "" without any."""
    counted = Counter(mark.label for mark in marks)
    return min(counted, key=lambda label: (-counted[label], label), default="")


def language_for(texts: Sequence[LabelledText]) -> str:
    """Return the spaCy code of the tokeniser that the texts want.

    "zh" makes a token of every character and needs no dictionary: where no spaces part the words,
    spaces and punctuation alone would leave most marks inside of a token.
    """
    return "zh" if are_mostly_unspaced(labelled.text for labelled in texts) else "en"


@contextmanager
def installed(hooks: Hooks) -> Iterator[None]:
    """Make these hooks the ones that the registered functions use."""
    token = _present.set(hooks)
    try:
        yield
    finally:
        _present.reset(token)


@registry.readers("annex.corpus.v1")  # type: ignore[untyped-decorator]
def read_part(part: str) -> Callable[[Language], Iterator[Example]]:
    """Return a reader of one part of the present training's texts."""

    def read(nlp: Language) -> Iterator[Example]:
        hooks = _present.get()
        yield from to_examples(nlp, hooks.parts[part], hooks.component, hooks.labels)

    return read


@registry.callbacks("annex.check_cancelled.v1")  # type: ignore[untyped-decorator]
def make_check() -> Callable[[Language, dict[str, Any]], None]:
    """Return the callback before each update: progress and the cancel point."""

    def check(nlp: Language, arguments: dict[str, Any]) -> None:
        hooks = _present.get()
        hooks.step = min(int(arguments["step"]), hooks.max_steps)
        hooks.on_step(hooks.step, hooks.max_steps)

    return check


# As above, spaCy's registry has no types that a decorator could keep.
@registry.callbacks("annex.set_out.v1")  # type: ignore[untyped-decorator]
def make_setting_out() -> Callable[[Language], Language]:
    """Return the callback once weights are there: pretrained ones, and the labels' gradient."""

    def set_out(nlp: Language) -> Language:
        hooks = _present.get()
        if hooks.pretrained is not None:
            start_from(nlp, hooks.component, hooks.pretrained)
        return use_cross_entropy(nlp)

    return set_out


@registry.loggers("annex.silence.v1")  # type: ignore[untyped-decorator]
def make_logger() -> Callable[..., Any]:
    """Return a logger that says nothing: spaCy's own prints a table to the standard output."""

    def start(nlp: Language, stdout: Any = None, stderr: Any = None) -> Any:
        return lambda info: None, lambda: None

    return start
