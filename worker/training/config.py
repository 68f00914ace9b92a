"""The training config of a blank pipeline: the hyperparameters and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from annex.contract.enums import Component, Says
from spacy.language import Language
from spacy.util import load_model_from_config
from thinc.api import Config


@dataclass(frozen=True)
class Hyperparameters:
    """What a training may vary. Defaults were chosen on training data alone, never on a test set.

    `dropout`: half the parameters' work is remembering rare words, so a small corpus wants more
    than spaCy's 0.1. `averages`: the mean of the weights over all steps scores more evenly than
    the last ones, and does not mind going on too long. `patience_steps`: with averages the score
    still creeps up long after spaCy's loss has gone flat. `batch`: batches of at most 300
    words took 0.6 of the time of 1,000 and scored no worse where both were tried. `max_epochs`:
    a few dozen texts are known by heart long before the steps run out; from a thousand on, steps
    end it. `pretrained`: the file of weights to start from.
    """

    component: Component = Component.NER
    width: int = 96
    max_steps: int = 4000
    max_epochs: int = 200
    patience_steps: int = 1600
    eval_steps: int = 100
    dropout: float = 0.3
    averages: bool = True
    batch: int = 300
    seed: int = 0
    pretrained: Path | None = None


def defaults_for(component: Component, *, seed: int, max_steps: int) -> Hyperparameters:
    """Return what a component is trained with.

    For labels `batch` counts texts. `patience_steps`, `max_epochs`: unlike marks, the labels of a
    few hundred texts are soon known by heart, and averages do not undo that. Source:
    docs/decisions, labels from an ensemble.
    """
    chosen = Hyperparameters(component=component, seed=seed, max_steps=max_steps)
    if component.says is not Says.CHOICES:
        return chosen
    return replace(chosen, batch=64, patience_steps=300, max_epochs=30)


INCORRECT_SPANS = "incorrect_spans"
CONFIGS = Path(__file__).with_name("configs")
WIDTHS = ("components.tok2vec.model.embed.width", "components.tok2vec.model.encode.width")
LISTENER_WIDTH = "components.{}.model.tok2vec.width"
TEXTCAT_WIDTHS = (
    "components.{}.model.tok2vec.embed.width",
    "components.{}.model.tok2vec.encode.width",
)
TEXTCAT_DEPTH = "components.{}.model.tok2vec.encode.depth"
TAG_SMOOTHING = "components.tagger.label_smoothing"
LONGEST_SPAN = "components.spancat.suggester.max_size"
PRETRAINED_DEPTH = 4
"""Of `tok2vec.cfg`; what starts from pretrained weights is as deep as they are."""
HASHED_WORDS, LINEAR_WEIGHTS = 2**18, 2**20
"""Of the bag of words: spaCy's usual length, and how many weights 4 MB hold."""


def build_config(
    chosen: Hyperparameters, *, language: str = "en", labels: int = 1, longest: int = 1
) -> Config:
    """Return the full config that `spacy train` would run too, given its two corpora.

    Args:
        language: whose tokeniser cuts the texts, a spaCy code.
        labels: how many there are.
        longest: how many tokens a mark that may overlap others has at most.
    """
    config = read_config("base", *configs_of(chosen.component))
    if chosen.component.says is Says.CHOICES:
        choose_labels(config, chosen.component, labels)
    overrides = overrides_for(chosen) | {"nlp.lang": language}
    if chosen.component is Component.SPANCAT:
        overrides[LONGEST_SPAN] = longest
    if chosen.component is Component.TAGGER and labels == 1:
        # There is no other tag to smooth the one towards.
        overrides[TAG_SMOOTHING] = 0.0
    return filled(config, overrides)


def configs_of(component: Component) -> tuple[str, ...]:
    """Return the names of the configs that a component's is merged from, `base` aside."""
    return ("textcat",) if component.says is Says.CHOICES else ("tok2vec", component.value)


def read_config(*names: str) -> Config:
    """Return the configs merged, the last one above."""
    config = Config()
    for name in names:
        config = config.merge(Config().from_disk(CONFIGS / f"{name}.cfg", interpolate=False))
    return config


def filled(config: Config, overrides: dict[str, Any]) -> Config:
    """Return a config with these values, and spaCy's own where it says nothing."""
    sparse = Config().from_str(
        config.to_str(interpolate=False), overrides=overrides, interpolate=False
    )
    return load_model_from_config(sparse, auto_fill=True).config


def choose_labels(config: Config, component: Component, labels: int) -> None:
    """Make the config's one component the one asked for, and its bag of words fit the labels."""
    part = config["components"].pop("textcat")
    part["factory"] = component.value
    words = part["model"]["linear_model"]
    words["exclusive_classes"] = component is Component.TEXTCAT
    words["length"] = min(HASHED_WORDS, LINEAR_WEIGHTS >> (labels - 1).bit_length())
    config["components"][component.value] = part
    config["nlp"]["pipeline"] = [component.value]


def overrides_for(chosen: Hyperparameters) -> dict[str, Any]:
    """Return the hyperparameters as dotted config values."""
    return (
        dict.fromkeys(widths_of(chosen.component), chosen.width)
        | depths_of(chosen)
        | {
            "training.seed": chosen.seed,
            "training.dropout": chosen.dropout,
            "training.max_steps": chosen.max_steps,
            "training.max_epochs": chosen.max_epochs,
            "training.patience": chosen.patience_steps,
            "training.eval_frequency": chosen.eval_steps,
            "training.optimizer.use_averages": chosen.averages,
            "training.batcher.size.stop": chosen.batch,
        }
    )


def widths_of(component: Component) -> list[str]:
    """Return where a config says how wide the vectors of words are."""
    own = TEXTCAT_WIDTHS if component.says is Says.CHOICES else (*WIDTHS, LISTENER_WIDTH)
    return [path.format(component.value) for path in own]


def depths_of(chosen: Hyperparameters) -> dict[str, int]:
    """Return how deep the layer is, where that is not as its config says."""
    if chosen.component.says is not Says.CHOICES or chosen.pretrained is None:
        return {}
    return {TEXTCAT_DEPTH.format(chosen.component.value): PRETRAINED_DEPTH}


def with_hooks(config: Config) -> Config:
    """Return a copy whose corpora, logger and callbacks are those of `worker.training.run`."""
    hooked = config.copy()
    hooked["corpora"]["train"] = {"@readers": "annex.corpus.v1", "part": "learn"}
    hooked["corpora"]["dev"] = {"@readers": "annex.corpus.v1", "part": "stop"}
    hooked["training"]["logger"] = {"@loggers": "annex.silence.v1"}
    hooked["initialize"]["after_init"] = {"@callbacks": "annex.set_out.v1"}
    hooked["training"]["before_update"] = {"@callbacks": "annex.check_cancelled.v1"}
    return hooked


def restore_config(nlp: Language, config: Config) -> None:
    """Put the plain config back, so that a packaged pipeline names nothing of this worker."""
    for section in ("corpora", "training", "initialize"):
        nlp.config[section] = config[section]
