"""What numbers mean, in sentences that a newcomer understands. Scores here are ratios, 0 to 1."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from controlplane.board.statistics import Interval, wilson_interval

FEW_EXAMPLES = 100
"""Below this the sentence says that the measurement is a rough one."""
HARDLY_ANY = 10
"""Below this many gold marks no number is worth a sentence."""


OUTDATED = "Measured on an earlier label scheme: measure again to compare."
ALL_OUTDATED = (
    "Everything here was measured on an earlier label scheme. Measure again to see who is ahead."
)


@dataclass(frozen=True)
class Measured:
    """The numbers a sentence is made of. `support` counts what is right in the gold.

    `noun` is what is counted: marks in texts, relations between them, or labels of texts.
    `measured_interval` is that of F; None where the cluster sent none.
    """

    name: str
    precision: float
    recall: float
    f: float
    examples: int
    support: int
    noun: str = "mark"
    measured_interval: Interval | None = None

    @property
    def interval(self) -> Interval:
        """Where F lies with 95 % confidence."""
        return self.measured_interval or wilson_interval(self.f, self.support)

    @property
    def margin(self) -> int:
        """Give or take so many points of 100."""
        return self.interval.margin


class Verdict(Enum):
    """Which of two predictors is better, as far as one can tell."""

    AHEAD = "ahead"
    BEHIND = "behind"
    TOO_CLOSE = "too close to tell"


@dataclass(frozen=True)
class Duel:
    """A model and rules on the same examples.

    `paired` is the interval of F(model) - F(rules); None where the cluster sent none.
    """

    model: Measured
    rules: Measured
    paired: Interval | None = None

    @property
    def verdict(self) -> Verdict:
        """What the model is. Without a paired interval it takes more than the wider margin."""
        if self.paired is not None:
            low, high = self.paired
        else:
            ahead, margin = self.model.f - self.rules.f, self.margin / 100
            low, high = ahead - margin, ahead + margin
        if low > 0:
            return Verdict.AHEAD
        return Verdict.BEHIND if high < 0 else Verdict.TOO_CLOSE

    @property
    def margin(self) -> int:
        """Give or take so many points of 100."""
        if self.paired is not None:
            return self.paired.margin
        # The margin of a difference on the same examples is at most that of the less sure side.
        return max(self.rules.margin, self.model.margin)

    @property
    def points_ahead(self) -> int:
        """How many points the model is ahead; below 0 behind."""
        return round(100 * (self.model.f - self.rules.f))


def row_sentence(row: Measured) -> str:
    """Say how much a predictor finds, how often it is wrong, and how sure that is."""
    if row.support < HARDLY_ANY:
        return (
            f"Too little to tell: the {plural(row.examples, 'example')} held back contain only "
            f"{plural(row.support, row.noun)}. Hold back more."
        )
    found = f"Finds {round(100 * row.recall)} of 100; "
    wrong = f"{round(100 * (1 - row.precision))} of 100 of its {row.noun}s are wrong. "
    if row.precision == 0 and row.recall == 0:
        found, wrong = f"Finds none of the {row.noun}s. ", ""
    return found + wrong + _how_sure(row)


def _how_sure(row: Measured) -> str:
    if row.examples < FEW_EXAMPLES:
        return (
            f"Measured on only {plural(row.examples, 'example')}, give or take {row.margin}: "
            "hold back more to be sure."
        )
    return f"Measured on {row.examples:,} examples, give or take {row.margin}."


def plural(count: int, noun: str) -> str:
    """Return "1 example", "2 examples"."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def board_sentence(
    *,
    rules: Measured | None,
    model: Measured | None,
    passes_at: int | None,
    target_f: float | None,
    paired: Interval | None = None,
) -> str:
    """Say who is ahead and what to do next.

    Args: rules, model: the best of each. passes_at: examples at which the curve passes the rules.
        target_f: 0 to 1. paired: of the model's F less that of the rules.
    """
    if model is None:
        return _without_model(rules)
    if rules is None:
        verdict = f"{model.name} scores {_points(model.f)}. Measure rules to have a baseline."
    else:
        verdict = _compare(Duel(model, rules, paired), passes_at)
    return f"{verdict} {_target(model, target_f)}".strip()


def _without_model(rules: Measured | None) -> str:
    if rules is None:
        return "Nothing has been measured yet. Measure rules or train a model."
    return f"{rules.name} scores {_points(rules.f)}. Train a model to see whether it does better."


def _compare(duel: Duel, passes_at: int | None) -> str:
    model, rules, ahead = duel.model.name, duel.rules.name, duel.points_ahead
    if duel.verdict is Verdict.TOO_CLOSE:
        return (
            f"Too close to tell: {model} and {rules} are {plural(abs(ahead), 'point')} apart, "
            f"give or take {duel.margin}."
        )
    if duel.verdict is Verdict.BEHIND:
        return (
            f"{rules} is the better choice so far: {plural(-ahead, 'point')} "
            f"ahead of {model}, give or take {duel.margin}."
        )
    since = f", from about {plural(passes_at, 'example')} on" if passes_at else ""
    return f"{model} beats {rules} by {plural(ahead, 'point')}, give or take {duel.margin}{since}."


def set_sentence(
    name: str, *, rules: Measured | None, model: Measured | None, paired: Interval | None = None
) -> str:
    """Say in one line who is ahead on a held-back set. Args: rules, model: the best of each."""
    if rules is None or model is None:
        only = model or rules
        scores = f"{only.name} scores {_points(only.f)}" if only else "nothing has been measured"
        return f"On {name}, {scores}."
    duel = Duel(model, rules, paired)
    if duel.verdict is Verdict.TOO_CLOSE:
        figures = f"F {_points(model.f)} and {_points(rules.f)}"
        return f"On {name}, {model.name} and {rules.name} are too close to tell ({figures})."
    first, second = (model, rules) if duel.verdict is Verdict.AHEAD else (rules, model)
    figures = f"F {_points(first.f)} against {_points(second.f)}"
    return f"On {name}, {first.name} is ahead ({figures})."


def _target(model: Measured, target_f: float | None) -> str:
    if target_f is None:
        return ""
    missing = _points(target_f) - _points(model.f)
    if missing <= 0:
        return f"The target of {_points(target_f)} is reached."
    return f"{plural(missing, 'point')} to go to the target of {_points(target_f)}."


def _points(ratio: float) -> int:
    return round(100 * ratio)
