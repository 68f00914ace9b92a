"""The training config of a blank named-entity pipeline: the hyperparameters and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from spacy.language import Language
from spacy.util import load_model_from_config
from thinc.api import Config


@dataclass(frozen=True)
class Hyperparameters:
    """What a training may vary. Defaults were chosen on training data alone, never on a test set.

    `dropout`: half the parameters' work is remembering rare words, so a small corpus wants more
    than spaCy's 0.1. `averages`: the mean of the weights over all steps scores more evenly than
    the last ones, and does not mind going on too long. `patience_steps`: with averages the score
    still creeps up long after spaCy's loss has gone flat. `stop_words`: batches of at most 300
    words took 0.6 of the time of 1,000 and scored no worse where both were tried. `max_epochs`:
    a few dozen texts are known by heart long before the steps run out; from a thousand on, steps
    end it.
    """

    language: str = "en"
    width: int = 96
    max_steps: int = 4000
    max_epochs: int = 200
    patience_steps: int = 1600
    eval_steps: int = 100
    dropout: float = 0.3
    averages: bool = True
    stop_words: int = 300
    seed: int = 0


TEMPLATE = """
[nlp]
lang = "en"
pipeline = ["tok2vec", "ner"]
batch_size = 1000

[nlp.tokenizer]
@tokenizers = "spacy.Tokenizer.v1"

[components]

[components.tok2vec]
factory = "tok2vec"

[components.tok2vec.model]
@architectures = "spacy.Tok2Vec.v2"

[components.tok2vec.model.embed]
@architectures = "spacy.MultiHashEmbed.v2"
width = 96
attrs = ["NORM", "PREFIX", "SUFFIX", "SHAPE"]
rows = [5000, 1000, 2500, 2500]
include_static_vectors = false

[components.tok2vec.model.encode]
@architectures = "spacy.MaxoutWindowEncoder.v2"
width = 96
depth = 4
window_size = 1
maxout_pieces = 3

[components.ner]
factory = "ner"
incorrect_spans_key = "incorrect_spans"

[components.ner.model]
@architectures = "spacy.TransitionBasedParser.v2"
state_type = "ner"
extra_state_tokens = false
hidden_width = 64
maxout_pieces = 2
use_upper = true

[components.ner.model.tok2vec]
@architectures = "spacy.Tok2VecListener.v1"
width = 96
upstream = "*"

[corpora]

[training]
seed = 0
dropout = 0.1
accumulate_gradient = 1
max_epochs = 0
max_steps = 4000
patience = 1000
eval_frequency = 100

[training.score_weights]
ents_f = 1.0

[training.optimizer]
@optimizers = "Adam.v1"
learn_rate = 0.001
use_averages = false

[training.batcher]
@batchers = "spacy.batch_by_words.v1"
discard_oversize = false
tolerance = 0.2

[training.batcher.size]
@schedules = "compounding.v1"
start = 100
stop = 1000
compound = 1.001
"""
INCORRECT_SPANS = "incorrect_spans"


def build_config(chosen: Hyperparameters) -> Config:
    """Return the full config that `spacy train` would run too, given its two corpora."""
    sparse = Config().from_str(TEMPLATE, overrides=overrides_for(chosen), interpolate=False)
    return load_model_from_config(sparse, auto_fill=True).config


def overrides_for(chosen: Hyperparameters) -> dict[str, Any]:
    """Return the hyperparameters as dotted config values."""
    return {
        "nlp.lang": chosen.language,
        "components.tok2vec.model.embed.width": chosen.width,
        "components.tok2vec.model.encode.width": chosen.width,
        "components.ner.model.tok2vec.width": chosen.width,
        "training.seed": chosen.seed,
        "training.dropout": chosen.dropout,
        "training.max_steps": chosen.max_steps,
        "training.max_epochs": chosen.max_epochs,
        "training.patience": chosen.patience_steps,
        "training.eval_frequency": chosen.eval_steps,
        "training.optimizer.use_averages": chosen.averages,
        "training.batcher.size.stop": chosen.stop_words,
    }


def with_hooks(config: Config) -> Config:
    """Return a copy whose corpora, logger and callback are those of `worker.training.run`."""
    hooked = config.copy()
    hooked["corpora"]["train"] = {"@readers": "annex.corpus.v1", "part": "learn"}
    hooked["corpora"]["dev"] = {"@readers": "annex.corpus.v1", "part": "stop"}
    hooked["training"]["logger"] = {"@loggers": "annex.silence.v1"}
    hooked["training"]["before_update"] = {"@callbacks": "annex.check_cancelled.v1"}
    return hooked


def restore_config(nlp: Language, config: Config) -> None:
    """Put the plain config back, so that a packaged pipeline names nothing of this worker."""
    for section in ("corpora", "training"):
        nlp.config[section] = config[section]
